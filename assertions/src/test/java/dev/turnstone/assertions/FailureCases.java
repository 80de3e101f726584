package dev.turnstone.assertions;

import dev.turnstone.schema.NamingConvention;
import dev.turnstone.schema.ObjectKind;
import dev.turnstone.schema.Schema;
import dev.turnstone.snapshot.SchemaSnapshot;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * For each assertion: a call that passes on the schema of {@link FailureMessageTests}, a call that fails, and its
 * message.
 */
final class FailureCases {

    private FailureCases() {}

    record Case(String name, Consumer<SchemaSnapshotAssert> passes, Consumer<SchemaSnapshotAssert> fails, String says) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Case of(
            String name, Consumer<SchemaSnapshotAssert> passes, Consumer<SchemaSnapshotAssert> fails, String says) {
        return new Case(name, passes, fails, says);
    }

    static Stream<Case> cases() {
        return Stream.of(snapshots(), tables(), columns(), parts()).flatMap(List::stream);
    }

    private static List<Case> snapshots() {
        return List.of(
                of(
                        "hasOnlyTables",
                        a -> a.hasOnlyTables("worker", "jobs"),
                        a -> a.hasOnlyTables("jobs", "users"),
                        "The schema on SQLite has other tables than expected:\n  missing:    users\n"
                                + "  unexpected: worker"),
                of(
                        "has",
                        a -> a.has(ObjectKind.INDEX, "ix_jobs_status"),
                        a -> a.has(ObjectKind.INDEX, "ix_jobs"),
                        "The schema on SQLite has no index ix_jobs.\n  existing: ix_jobs_status, ix_jobs_worker"),
                of(
                        "doesNotHave",
                        a -> a.doesNotHave(ObjectKind.TABLE, "users"),
                        a -> a.doesNotHave(ObjectKind.INDEX, "ix_jobs_worker"),
                        "The schema on SQLite has but should not have:\n"
                                + "  index ix_jobs_worker (keys worker, on jobs)"),
                of("isEmpty", a -> {}, SchemaSnapshotAssert::isEmpty, """
                        The schema on SQLite should be empty but contains:
                          table jobs
                          table worker
                          view open"""),
                of(
                        "followsNamingConvention",
                        a -> a.followsNamingConvention(NamingConvention.standard()
                                .allowingUnnamed()
                                .with(ObjectKind.CHECK, "ck_%(constraint_name)s")),
                        a -> a.followsNamingConvention(NamingConvention.standard()
                                .allowingUnnamed()
                                .with(ObjectKind.INDEX, "i_%(table_name)s")),
                        """
                        The schema on SQLite has 2 objects whose names do not follow the convention:
                          index ix_jobs_status  should be  i_jobs
                          index ix_jobs_worker  should be  i_jobs
                        Rename with a new revision, or give the convention another template."""),
                of(
                        "isEqualTo another dialect",
                        a -> a.isEqualTo(FailureMessageTests.JOBS),
                        a -> a.isEqualTo(new SchemaSnapshot("postgresql", Schema.EMPTY)),
                        "The snapshots are of different dialects:\n  expected: postgresql\n  but was:  sqlite\n"
                                + "An exact comparison needs one dialect. Use meansTheSameAs for two."),
                of(
                        "view",
                        a -> a.view("open").has("query", "select id from jobs"),
                        a -> a.view("open").has("query", "select 1"),
                        "'query' of view open on SQLite differs:\n  expected: select 1\n"
                                + "  but was:  select id from jobs"),
                of("no view", a -> {}, a -> a.view("shut"), "The schema on SQLite has no view shut.\n  existing: open"),
                of(
                        "enumType",
                        a -> {},
                        a -> a.enumType("state"),
                        "The schema on SQLite has no enum state.\n  existing: none"),
                of(
                        "object",
                        a -> a.object(ObjectKind.INDEX, "ix_jobs_worker").has("on", "jobs"),
                        a -> a.object(ObjectKind.INDEX, "ix_jobs_worker").has("under", "jobs"),
                        "index ix_jobs_worker on SQLite has no attribute 'under'.\n  attributes: keys, on"),
                of(
                        "no object",
                        a -> {},
                        a -> a.object(ObjectKind.TRIGGER, "jobs.tuch"),
                        "The schema on SQLite has no trigger jobs.tuch.\n  existing: jobs.touch"),
                of(
                        "hasNo",
                        a -> a.object(ObjectKind.INDEX, "ix_jobs_worker").hasNo("unique"),
                        a -> a.object(ObjectKind.INDEX, "ix_jobs_status").hasNo("unique"),
                        "'unique' of index ix_jobs_status on SQLite differs:\n  expected: none\n  but was:  yes"));
    }

    private static List<Case> tables() {
        return List.of(
                of(
                        "table",
                        a -> a.table("jobs"),
                        a -> a.table("job"),
                        "The schema on SQLite has no table job.\n  existing: jobs, worker"),
                of(
                        "hasOnlyColumns",
                        a -> a.table("worker").hasOnlyColumns("name", "id"),
                        a -> a.table("worker").hasOnlyColumns("id", "title"),
                        "table worker on SQLite has other columns than expected:\n  missing:    title\n"
                                + "  unexpected: name"),
                of(
                        "hasPrimaryKey",
                        a -> a.table("worker").hasPrimaryKey("id"),
                        a -> a.table("worker").hasPrimaryKey("name"),
                        "The primary key of table worker on SQLite differs:\n  expected: name\n  but was:  id"),
                of(
                        "hasUnique",
                        a -> a.table("worker").hasUnique("name"),
                        a -> a.table("worker").hasUnique("id", "name"),
                        "table worker on SQLite has no unique constraint or index on id, name.\n  unique: (name)"),
                of(
                        "hasComment",
                        a -> {},
                        a -> a.table("worker").hasComment("who works"),
                        "The comment on table worker on SQLite differs:\n  expected: who works\n  but was:  none"),
                of(
                        "trigger",
                        a -> a.table("jobs").trigger("touch").has("timing", "after"),
                        a -> a.table("jobs").trigger("tuch"),
                        "table jobs on SQLite has no trigger tuch.\n  existing: touch"),
                of(
                        "check",
                        a -> a.table("jobs").check("ck_jobs_status").has("expression", "status <> ''"),
                        a -> a.table("jobs").check("ck"),
                        "table jobs on SQLite has no check ck.\n  existing: ck_jobs_status"),
                of(
                        "unique",
                        a -> {},
                        a -> a.table("worker").unique("uq_worker_name"),
                        "table worker on SQLite has no unique uq_worker_name.\n  existing: (name)"));
    }

    private static List<Case> columns() {
        return List.of(
                of(
                        "column",
                        a -> a.table("jobs").column("status"),
                        a -> a.table("jobs").column("state"),
                        "table jobs on SQLite has no column state.\n  existing: id, note, status, twice, worker"),
                of(
                        "isNotNull",
                        a -> a.table("jobs").column("status").isNotNull().hasDefault("'queued'"),
                        a -> a.table("jobs").column("note").isNotNull(),
                        "column jobs.note on SQLite accepts NULL but should not."),
                of(
                        "isNullable",
                        a -> a.table("jobs").column("note").isNullable(),
                        a -> a.table("jobs").column("status").isNullable(),
                        "column jobs.status on SQLite is NOT NULL but should not be."),
                of(
                        "hasType",
                        a -> a.table("jobs").column("note").hasType("TEXT"),
                        a -> a.table("jobs").column("note").hasType("JSON"),
                        "The type of column jobs.note on SQLite differs:\n  expected: JSON\n  but was:  TEXT"),
                of(
                        "hasDefault",
                        a -> a.table("jobs").column("note").hasNoDefault(),
                        a -> a.table("jobs").column("note").hasDefault("'x'"),
                        "The default of column jobs.note on SQLite differs:\n  expected: 'x'\n  but was:  none"),
                of(
                        "hasNoDefault",
                        a -> a.table("jobs").column("note").hasNoDefault(),
                        a -> a.table("jobs").column("status").hasNoDefault(),
                        "The default of column jobs.status on SQLite differs:\n  expected: none\n"
                                + "  but was:  'queued'"),
                of(
                        "hasIdentity",
                        a -> {},
                        a -> a.table("jobs").column("id").hasIdentity("always"),
                        "The identity of column jobs.id on SQLite differs:\n  expected: always\n  but was:  none"),
                of(
                        "isGenerated",
                        a -> {},
                        a -> a.table("jobs").column("note").isGenerated("always (1)"),
                        "The generation of column jobs.note on SQLite differs:\n  expected: always (1)\n"
                                + "  but was:  none"),
                of(
                        "hasCollation",
                        a -> a.table("jobs").column("status").hasCollation("nocase"),
                        a -> a.table("jobs").column("note").hasCollation("nocase"),
                        "The collation of column jobs.note on SQLite differs:\n  expected: nocase\n"
                                + "  but was:  none"),
                of(
                        "hasComment",
                        a -> {},
                        a -> a.table("jobs").column("note").hasComment("said"),
                        "The comment of column jobs.note on SQLite differs:\n  expected: said\n  but was:  none"));
    }

    private static List<Case> parts() {
        return List.of(
                of(
                        "index",
                        a -> a.table("jobs").index("ix_jobs_status").isOn("status", "(lower(note))"),
                        a -> a.table("jobs").index("ix_jobs_status").isOn("status"),
                        "The keys of index ix_jobs_status on SQLite differs:\n  expected: status\n"
                                + "  but was:  status, (lower(note))"),
                of(
                        "no index",
                        a -> {},
                        a -> a.table("worker").index("ix"),
                        "table worker on SQLite has no index ix.\n  existing: none"),
                of(
                        "isUnique",
                        a -> a.table("jobs").index("ix_jobs_status").isUnique(),
                        a -> a.table("jobs").index("ix_jobs_worker").isUnique(),
                        "index ix_jobs_worker on SQLite is not unique but should be."),
                of(
                        "isNotUnique",
                        a -> a.table("jobs").index("ix_jobs_worker").isNotUnique(),
                        a -> a.table("jobs").index("ix_jobs_status").isNotUnique(),
                        "index ix_jobs_status on SQLite is unique but should not be."),
                of(
                        "hasCondition",
                        a -> a.table("jobs").index("ix_jobs_status").hasCondition("note is not null"),
                        a -> a.table("jobs").index("ix_jobs_worker").hasCondition("note is not null"),
                        "The condition of index ix_jobs_worker on SQLite differs:\n  expected: note is not null\n"
                                + "  but was:  none"),
                of(
                        "references",
                        a -> a.table("jobs").foreignKey("worker").references("worker", "id"),
                        a -> a.table("jobs").foreignKey("worker").references("worker", "name"),
                        "The target of the foreign key of jobs on worker on SQLite differs:\n"
                                + "  expected: worker (name)\n  but was:  worker (id)"),
                of(
                        "no foreign key",
                        a -> {},
                        a -> a.table("jobs").foreignKey("id", "note"),
                        "table jobs on SQLite has no foreign key on id, note.\n  existing: (worker)"),
                of(
                        "onDelete",
                        a -> a.table("jobs").foreignKey("worker").onDelete("cascade"),
                        a -> a.table("jobs").foreignKey("worker").onDelete("set null"),
                        "'on delete' of the foreign key of jobs on worker on SQLite differs:\n"
                                + "  expected: set null\n  but was:  cascade"),
                of(
                        "onUpdate",
                        a -> a.table("jobs").foreignKey("worker").onUpdate("no action"),
                        a -> a.table("jobs").foreignKey("worker").onUpdate("cascade"),
                        "'on update' of the foreign key of jobs on worker on SQLite differs:\n"
                                + "  expected: cascade\n  but was:  no action"));
    }
}
