package dev.turnstone.assertions;

import dev.turnstone.schema.NamingConvention;
import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.ObjectKind;
import dev.turnstone.schema.SchemaDiff;
import dev.turnstone.schema.SchemaObject;
import dev.turnstone.schema.Table;
import dev.turnstone.schema.View;
import dev.turnstone.snapshot.ExpressionReader;
import dev.turnstone.snapshot.LogicalComparison;
import dev.turnstone.snapshot.LogicalDiff;
import dev.turnstone.snapshot.LogicalRules;
import dev.turnstone.snapshot.SchemaSnapshot;
import dev.turnstone.snapshot.SnapshotCheck;
import dev.turnstone.snapshot.SnapshotCheck.Different;
import dev.turnstone.snapshot.SnapshotCheck.Missing;
import dev.turnstone.snapshot.SnapshotCheck.OtherDialect;
import dev.turnstone.snapshot.SnapshotDirectory;
import dev.turnstone.snapshot.SnapshotFile;
import dev.turnstone.snapshot.SnapshotMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Assertions about a {@link SchemaSnapshot}. */
public final class SchemaSnapshotAssert extends PartAssert<SchemaSnapshotAssert, SchemaSnapshot> {

    SchemaSnapshotAssert(@Nullable SchemaSnapshot actual, Failures failures) {
        super(
                actual,
                SchemaSnapshotAssert.class,
                new Context(actual == null ? "no database" : actual.dialect(), failures));
    }

    /**
     * Verifies that both schemas are exactly equal.
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
            return fail("The snapshots are of different dialects:\n  expected: " + other.dialect() + "\n  but was:  "
                    + actual.dialect() + "\nAn exact comparison needs one dialect. Use meansTheSameAs for two.");
        }
        SchemaDiff diff = other.differencesTo(actual);
        return diff.isEmpty()
                ? this
                : fail("The schema on " + database() + " differs from the expected one in "
                        + FailureText.count(diff.differences().size(), "object") + ":\n" + FailureText.differences(diff)
                        + "\n(+ only in the actual schema, - only in the expected one, ~ in both and different)");
    }

    /**
     * Verifies that the schema equals that of the file
     * {@code src/test/resources/turnstone/snapshots/<class>.<method>.<dialect>.txt}, whose name is derived from the
     * calling test.
     *
     * <p>If the file does not exist, it is written; in continuous integration this is a failure instead. With
     * {@code -Dturnstone.snapshots=update} the file is always written.
     *
     * @throws dev.turnstone.snapshot.UnreadableSnapshotException if the file is not a snapshot, has a newer format,
     *     or contains a merge conflict
     */
    public SchemaSnapshotAssert isEqualToSnapshotFile() {
        CallingTest test = CallingTest.find();
        isNotNull();
        return compare(SnapshotDirectory.ofModule().file(test.snapshotName(), actual.dialect()), test);
    }

    /** Verifies the schema as {@link #isEqualToSnapshotFile()} does, with a given name instead of class and method. */
    public SchemaSnapshotAssert isEqualToSnapshotFile(String name) {
        CallingTest test = CallingTest.find();
        isNotNull();
        return compare(SnapshotDirectory.ofModule().file(name, actual.dialect()), test);
    }

    /** Verifies the schema as {@link #isEqualToSnapshotFile()} does, with a given file. */
    public SchemaSnapshotAssert isEqualToSnapshotFile(Path file) {
        CallingTest test = CallingTest.find();
        isNotNull();
        return compare(SnapshotFile.at(file), test);
    }

    /**
     * Verifies the schema as {@link #isEqualToSnapshotFile()} does, with a given file.
     *
     * @param file for example the result of {@link SnapshotDirectory#revision}
     */
    public SchemaSnapshotAssert isEqualToSnapshotFile(SnapshotFile file) {
        CallingTest test = CallingTest.find();
        isNotNull();
        return compare(file, test);
    }

    private SchemaSnapshotAssert compare(SnapshotFile file, CallingTest test) {
        return compare(file, test, SnapshotMode.current());
    }

    SchemaSnapshotAssert compare(SnapshotFile file, CallingTest test, SnapshotMode mode) {
        SnapshotCheck check = file.check(actual, mode);
        String command = "  mvn test -Dtest=" + test.className() + " -D" + SnapshotMode.PROPERTY + "=update";
        if (check instanceof Missing) {
            return fail("There is no snapshot " + file + ".\nCreate it on your machine, review it and commit it:\n"
                    + command);
        }
        if (check instanceof OtherDialect other) {
            return fail("The snapshot " + file + " is of another dialect:\n  expected: " + other.expected()
                    + "\n  but was:  " + actual.dialect() + "\nUse a separate file for each dialect.");
        }
        if (check instanceof Different different) {
            SchemaDiff diff = different.difference();
            return fail("The schema on " + database() + " differs from its snapshot in "
                    + FailureText.count(diff.differences().size(), "object") + ":\n" + FailureText.differences(diff)
                    + "\n(+ only in the schema, - only in the snapshot, ~ in both and different)\nThe snapshot is "
                    + file + ".\nIf the schema is correct, write the snapshot again and commit it:\n" + command);
        }
        return this;
    }

    /**
     * Verifies that this schema and another, of any dialect, have the same meaning by {@link LogicalRules#standard()}.
     */
    public SchemaSnapshotAssert meansTheSameAs(SchemaSnapshot other) {
        return meansTheSameAs(other, LogicalRules.standard());
    }

    /**
     * Verifies that this schema and another, of any dialect, have the same meaning. An object without a counterpart is
     * not a failure; {@link LogicalComparison} lists them.
     *
     * @param rules the strictness and the exceptions
     */
    public SchemaSnapshotAssert meansTheSameAs(SchemaSnapshot other, LogicalRules rules) {
        return meansTheSameAs(other, rules, ExpressionReader.NONE);
    }

    /**
     * Verifies the meaning as {@link #meansTheSameAs(SchemaSnapshot, LogicalRules)} does, and compares expressions in
     * the canonical form of PostgreSQL.
     *
     * @param rules the strictness and the exceptions
     * @param reader {@link ExpressionReader#over} the PostgreSQL database of one of the snapshots
     */
    public SchemaSnapshotAssert meansTheSameAs(SchemaSnapshot other, LogicalRules rules, ExpressionReader reader) {
        isNotNull();
        LogicalDiff diff = LogicalComparison.between(actual, other, rules, reader);
        int withoutCounterpart = diff.differences().size() - diff.faults().size();
        return diff.meansTheSame()
                ? this
                : fail(
                        "The schemas differ in meaning in "
                                + FailureText.count(diff.faults().size(), "place") + ":\n"
                                + FailureText.lines(diff.faults().stream()
                                        .map(difference -> FailureText.wrap(difference.toString()))
                                        .toList())
                                + (withoutCounterpart == 0
                                        ? ""
                                        : "\n(and " + withoutCounterpart
                                                + " without a counterpart, which is not a failure)")
                                + "\nChange one of them, or declare in the rules that the difference is intentional: except(kind, name, reason).");
    }

    /** Verifies that the names of indexes and constraints follow a convention. */
    public SchemaSnapshotAssert followsNamingConvention(NamingConvention convention) {
        isNotNull();
        List<NamingConvention.Violation> violations = convention.violationsIn(actual.schema());
        return violations.isEmpty()
                ? this
                : fail("The schema on " + database() + " has " + FailureText.count(violations.size(), "object")
                        + " whose names do not follow the convention:\n"
                        + FailureText.lines(violations.stream()
                                .map(v -> v.object() + "  should be  " + v.expected())
                                .toList())
                        + "\nRename with a new revision, or give the convention another template.");
    }

    /** Verifies that the schema contains exactly these tables, in any order. */
    public SchemaSnapshotAssert hasOnlyTables(String... names) {
        isNotNull();
        Set<String> expected = new TreeSet<>(List.of(names));
        Set<String> found =
                actual.schema().tables().stream().map(Table::name).collect(Collectors.toCollection(TreeSet::new));
        return found.equals(expected)
                ? this
                : fail("The schema on " + database() + " has other tables than expected:\n  missing:    "
                        + without(expected, found) + "\n  unexpected: " + without(found, expected));
    }

    private static String without(Set<String> names, Set<String> others) {
        Set<String> rest = new TreeSet<>(names);
        rest.removeAll(others);
        return FailureText.names(rest);
    }

    /**
     * Verifies that the schema contains an object.
     *
     * @param kind the kind of the object
     * @param name its name as in {@link ObjectId#name()}, for example {@code jobs.status} for a column
     */
    public SchemaSnapshotAssert has(ObjectKind kind, String name) {
        isNotNull();
        if (!actual.schema().objects().containsKey(ObjectId.of(kind, name))) {
            missing(kind, name);
        }
        return this;
    }

    private void missing(ObjectKind kind, String name) {
        List<String> existing = actual.schema().objects().keySet().stream()
                .filter(id -> id.kind() == kind)
                .map(ObjectId::name)
                .toList();
        fail("The schema on " + database() + " has no " + kind.label() + " " + name + ".\n  existing: "
                + FailureText.names(existing));
    }

    /**
     * Verifies that the schema does not contain an object.
     *
     * @param kind the kind of the object
     * @param name its name as in {@link ObjectId#name()}
     */
    public SchemaSnapshotAssert doesNotHave(ObjectKind kind, String name) {
        isNotNull();
        SchemaObject object = actual.schema().objects().get(ObjectId.of(kind, name));
        return object == null
                ? this
                : fail("The schema on " + database() + " has but should not have:\n"
                        + FailureText.lines(List.of(object.toString())));
    }

    /** Verifies that the schema contains no object except the version table. */
    public SchemaSnapshotAssert isEmpty() {
        isNotNull();
        return actual.schema().isEmpty()
                ? this
                : fail("The schema on " + database() + " should be empty but contains:\n"
                        + FailureText.lines(actual.schema().objects().values().stream()
                                .filter(o -> o.parent() == null)
                                .map(o -> o.id().toString())
                                .toList()));
    }

    /** Returns assertions about a table. Fails if it does not exist. */
    public TableAssert table(String name) {
        isNotNull();
        Table table = actual.schema().table(name).orElse(null);
        if (table == null) {
            missing(ObjectKind.TABLE, name);
        }
        return new TableAssert(table, context());
    }

    /**
     * Returns assertions about a view or materialized view, whose {@code query} is an attribute. Fails if it does not
     * exist.
     */
    public SchemaObjectAssert view(String name) {
        isNotNull();
        View view = actual.schema().view(name).orElse(null);
        if (view == null) {
            missing(ObjectKind.VIEW, name);
        }
        return new SchemaObjectAssert(view == null ? null : view.objects().get(0), context());
    }

    /** Returns assertions about an enum. Fails if it does not exist. */
    public EnumAssert enumType(String name) {
        isNotNull();
        return new EnumAssert(find(ObjectKind.ENUM, name), context());
    }

    /**
     * Returns assertions about any object. Fails if it does not exist.
     *
     * @param kind the kind of the object
     * @param name its name as in {@link ObjectId#name()}
     */
    public SchemaObjectAssert object(ObjectKind kind, String name) {
        isNotNull();
        return new SchemaObjectAssert(find(kind, name), context());
    }

    private @Nullable SchemaObject find(ObjectKind kind, String name) {
        SchemaObject object = actual.schema().objects().get(ObjectId.of(kind, name));
        if (object == null) {
            missing(kind, name);
        }
        return object;
    }
}
