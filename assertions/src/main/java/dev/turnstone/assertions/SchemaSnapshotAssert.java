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
            return fail("The snapshots are of different dialects:\n  expected: " + other.dialect() + "\n  but was:  "
                    + actual.dialect() + "\nExact comparison is for one dialect; meansTheSameAs compares two.");
        }
        SchemaDiff diff = other.differencesTo(actual);
        return diff.isEmpty()
                ? this
                : fail("The schema on " + database() + " differs from the expected one in "
                        + Wording.count(diff.differences().size(), "object") + ":\n" + Wording.differences(diff)
                        + "\n(+ only in the actual schema, - only in the expected one, ~ in both and different)");
    }

    /**
     * Verifies that the schema is that of the file {@code
     * src/test/resources/turnstone/snapshots/<class>.<method>.<dialect>.txt}, named after the calling test.
     *
     * <p>Where there is no file it is written, but on CI that is a failure; with {@code -Dturnstone.snapshots=update} it
     * is written in any case.
     *
     * @throws dev.turnstone.snapshot.UnreadableSnapshotException when the file is no snapshot, one of a newer format, or
     *     one with a merge conflict
     */
    public SchemaSnapshotAssert isEqualToSnapshotFile() {
        CallingTest test = CallingTest.find();
        isNotNull();
        return compare(SnapshotDirectory.ofModule().file(test.snapshotName(), actual.dialect()), test);
    }

    /** As {@link #isEqualToSnapshotFile()}, with a name for the file instead of class and method. */
    public SchemaSnapshotAssert isEqualToSnapshotFile(String name) {
        CallingTest test = CallingTest.find();
        isNotNull();
        return compare(SnapshotDirectory.ofModule().file(name, actual.dialect()), test);
    }

    /** As {@link #isEqualToSnapshotFile()}, with a file of the caller's choice. */
    public SchemaSnapshotAssert isEqualToSnapshotFile(Path file) {
        CallingTest test = CallingTest.find();
        isNotNull();
        return compare(SnapshotFile.at(file), test);
    }

    /**
     * As {@link #isEqualToSnapshotFile()}, with a file of the caller's choice, for example that of a revision.
     *
     * @param file for example of {@link SnapshotDirectory#revision}
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
            return fail("There is no snapshot " + file + ".\nCreate it on your machine, look at it and commit it:\n"
                    + command);
        }
        if (check instanceof OtherDialect other) {
            return fail("The snapshot " + file + " is of another dialect:\n  expected: " + other.expected()
                    + "\n  but was:  " + actual.dialect() + "\nGive each dialect a file of its own.");
        }
        if (check instanceof Different different) {
            SchemaDiff diff = different.difference();
            return fail("The schema on " + database() + " differs from its snapshot in "
                    + Wording.count(diff.differences().size(), "object") + ":\n" + Wording.differences(diff)
                    + "\n(+ only in the schema, - only in the snapshot, ~ in both and different)\nThe snapshot is "
                    + file + ".\nIf the schema is right, write it again and commit it:\n" + command);
        }
        return this;
    }

    /** Verifies that this schema and another, of any dialect, mean the same by {@link LogicalRules#standard()}. */
    public SchemaSnapshotAssert meansTheSameAs(SchemaSnapshot other) {
        return meansTheSameAs(other, LogicalRules.standard());
    }

    /**
     * Verifies that this schema and another, of any dialect, mean the same. What has no counterpart is no failure; see
     * {@link LogicalComparison} for a list of it.
     *
     * @param rules how closely, and with what exceptions
     */
    public SchemaSnapshotAssert meansTheSameAs(SchemaSnapshot other, LogicalRules rules) {
        return meansTheSameAs(other, rules, ExpressionReader.NONE);
    }

    /**
     * As {@link #meansTheSameAs(SchemaSnapshot, LogicalRules)}, with expressions compared as PostgreSQL reads them.
     *
     * @param rules how closely, and with what exceptions
     * @param reader {@link ExpressionReader#over} the PostgreSQL database that one of the snapshots was taken of
     */
    public SchemaSnapshotAssert meansTheSameAs(SchemaSnapshot other, LogicalRules rules, ExpressionReader reader) {
        isNotNull();
        LogicalDiff diff = LogicalComparison.between(actual, other, rules, reader);
        int withoutCounterpart = diff.differences().size() - diff.faults().size();
        return diff.meansTheSame()
                ? this
                : fail(
                        "The schemas do not mean the same in "
                                + Wording.count(diff.faults().size(), "place") + ":\n"
                                + Wording.lines(diff.faults().stream()
                                        .map(difference -> Wording.wrap(difference.toString()))
                                        .toList())
                                + (withoutCounterpart == 0
                                        ? ""
                                        : "\n(and " + withoutCounterpart + " without counterpart, which is no failure)")
                                + "\nChange one of them, or declare in the rules that it is meant: except(kind, name, reason).");
    }

    /** Verifies that indexes and constraints are named as a convention says. */
    public SchemaSnapshotAssert followsNamingConvention(NamingConvention convention) {
        isNotNull();
        List<NamingConvention.Violation> violations = convention.violationsIn(actual.schema());
        return violations.isEmpty()
                ? this
                : fail("The schema on " + database() + " names " + Wording.count(violations.size(), "object")
                        + " in another way than the convention:\n"
                        + Wording.lines(violations.stream()
                                .map(v -> v.object() + "  should be  " + v.expected())
                                .toList())
                        + "\nRename with a new revision, or give the convention another template.");
    }

    /** Verifies that the schema holds exactly these tables, in any order. */
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
        return Wording.names(rest);
    }

    /**
     * Verifies that the schema holds an object.
     *
     * @param kind what it is
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
        List<String> there = actual.schema().objects().keySet().stream()
                .filter(id -> id.kind() == kind)
                .map(ObjectId::name)
                .toList();
        fail("The schema on " + database() + " has no " + kind.label() + " " + name + ".\n  there: "
                + Wording.names(there));
    }

    /**
     * Verifies that the schema does not hold an object.
     *
     * @param kind what it would be
     * @param name its name as in {@link ObjectId#name()}
     */
    public SchemaSnapshotAssert doesNotHave(ObjectKind kind, String name) {
        isNotNull();
        SchemaObject object = actual.schema().objects().get(ObjectId.of(kind, name));
        return object == null
                ? this
                : fail("The schema on " + database() + " has, and should not have:\n"
                        + Wording.lines(List.of(object.toString())));
    }

    /** Verifies that the schema holds nothing at all, the version table aside. */
    public SchemaSnapshotAssert isEmpty() {
        isNotNull();
        return actual.schema().isEmpty()
                ? this
                : fail("The schema on " + database() + " should hold nothing, and holds:\n"
                        + Wording.lines(actual.schema().objects().values().stream()
                                .filter(o -> o.parent() == null)
                                .map(o -> o.id().toString())
                                .toList()));
    }

    /** Goes on to a table; that there is none is a failure. */
    public TableAssert table(String name) {
        isNotNull();
        Table table = actual.schema().table(name).orElse(null);
        if (table == null) {
            missing(ObjectKind.TABLE, name);
        }
        return new TableAssert(table, context());
    }

    /** Goes on to a view or materialized view, whose {@code query} is an attribute; that there is none is a failure. */
    public SchemaObjectAssert view(String name) {
        isNotNull();
        View view = actual.schema().view(name).orElse(null);
        if (view == null) {
            missing(ObjectKind.VIEW, name);
        }
        return new SchemaObjectAssert(view == null ? null : view.objects().get(0), context());
    }

    /** Goes on to an enum; that there is none is a failure. */
    public EnumAssert enumType(String name) {
        isNotNull();
        return new EnumAssert(find(ObjectKind.ENUM, name), context());
    }

    /**
     * Goes on to any object; that there is none is a failure.
     *
     * @param kind what it is
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
