package dev.turnstone.assertions;

import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.ObjectKind;
import dev.turnstone.schema.SchemaDiff;
import dev.turnstone.schema.Table;
import dev.turnstone.snapshot.SchemaSnapshot;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/** Assertions about a {@link SchemaSnapshot}. */
public final class SchemaSnapshotAssert extends AbstractAssert<SchemaSnapshotAssert, SchemaSnapshot> {

    SchemaSnapshotAssert(SchemaSnapshot actual) {
        super(actual, SchemaSnapshotAssert.class);
    }

    /**
     * Verifies that both schemas are exactly the same.
     *
     * @param expected a {@link SchemaSnapshot} of the same dialect
     */
    @Override
    public SchemaSnapshotAssert isEqualTo(@Nullable Object expected) {
        isNotNull();
        if (!(expected instanceof SchemaSnapshot other)) {
            return super.isEqualTo(expected);
        }
        if (!actual.dialect().equals(other.dialect())) {
            failWithMessage(
                    "%nThe snapshots are of different dialects:%n  expected: %s%n  but was:  %s%n"
                            + "Exact comparison is for one dialect.",
                    other.dialect(), actual.dialect());
        }
        SchemaDiff diff = other.differencesTo(actual);
        if (!diff.isEmpty()) {
            failWithMessage(
                    "%nThe schema on %s differs from the expected one in %s:%n%s%n"
                            + "(+ only in the actual schema, - only in the expected one, ~ in both and different)",
                    actual.dialect(),
                    diff.differences().size() == 1
                            ? "1 object"
                            : diff.differences().size() + " objects",
                    indented(diff.toString()));
        }
        return this;
    }

    /** Verifies that the schema holds exactly these tables, in any order. */
    public SchemaSnapshotAssert hasOnlyTables(String... names) {
        isNotNull();
        Set<String> expected = new TreeSet<>(List.of(names));
        Set<String> found =
                actual.schema().tables().stream().map(Table::name).collect(Collectors.toCollection(TreeSet::new));
        if (!found.equals(expected)) {
            failWithMessage(
                    "%nThe schema on %s has other tables than expected:%n  missing:    %s%n  unexpected: %s",
                    actual.dialect(), without(expected, found), without(found, expected));
        }
        return this;
    }

    private static String without(Set<String> names, Set<String> others) {
        Set<String> rest = new TreeSet<>(names);
        rest.removeAll(others);
        return rest.isEmpty() ? "none" : String.join(", ", rest);
    }

    /**
     * Verifies that the schema holds an object.
     *
     * @param kind what it is
     * @param name its name as in {@link ObjectId#name()}, for example {@code jobs.status} for a column
     */
    public SchemaSnapshotAssert has(ObjectKind kind, String name) {
        isNotNull();
        Set<ObjectId> ids = actual.schema().objects().keySet();
        if (!ids.contains(ObjectId.of(kind, name))) {
            failWithMessage(
                    "%nThe schema on %s has no %s %s.%n  %s there: %s",
                    actual.dialect(),
                    kind.label(),
                    name,
                    kind.label(),
                    ids.stream()
                            .filter(id -> id.kind() == kind)
                            .map(ObjectId::name)
                            .collect(Collectors.collectingAndThen(
                                    Collectors.joining(", "), all -> all.isEmpty() ? "none" : all)));
        }
        return this;
    }

    /**
     * Verifies that the schema does not hold an object.
     *
     * @param kind what it would be
     * @param name its name as in {@link ObjectId#name()}
     */
    public SchemaSnapshotAssert doesNotHave(ObjectKind kind, String name) {
        isNotNull();
        var object = actual.schema().objects().get(ObjectId.of(kind, name));
        if (object != null) {
            failWithMessage("%nThe schema on %s has, and should not have:%n  %s", actual.dialect(), object);
        }
        return this;
    }

    /** Verifies that the schema holds nothing at all, the version table aside. */
    public SchemaSnapshotAssert isEmpty() {
        isNotNull();
        if (!actual.schema().isEmpty()) {
            failWithMessage(
                    "%nThe schema on %s should hold nothing, and holds:%n%s",
                    actual.dialect(),
                    actual.schema().objects().values().stream()
                            .filter(o -> o.parent() == null)
                            .map(o -> "  " + o.id())
                            .collect(Collectors.joining("\n")));
        }
        return this;
    }

    private static String indented(String text) {
        return text.lines().map(line -> "  " + line).collect(Collectors.joining("\n"));
    }
}
