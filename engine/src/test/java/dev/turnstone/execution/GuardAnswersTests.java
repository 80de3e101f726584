package dev.turnstone.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnstone.dialect.Dialects;
import dev.turnstone.execution.offline.ReplayedSchema;
import dev.turnstone.execution.offline.StatementReplay;
import dev.turnstone.execution.step.RecordingOperations;
import dev.turnstone.operation.OneRevision;
import dev.turnstone.operation.Operations;
import dev.turnstone.testing.DatabaseForTests;
import dev.turnstone.testing.EachDialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * Each guard sees the statements recorded before it. Without a connection it has the same result, or throws an
 * exception.
 */
class GuardAnswersTests {

    private static final Map<String, Function<Operations, Object>> GUARDS = new LinkedHashMap<>();

    static {
        GUARDS.put("hasTable", op -> op.hasTable("one"));
        GUARDS.put("hasColumn", op -> op.hasColumn("one", "y"));
        GUARDS.put("columns", op -> op.columns("one"));
        GUARDS.put("hasIndex", op -> op.hasIndex("i"));
        GUARDS.put("indexes", op -> op.indexes("bare"));
        GUARDS.put("foreignKeys", op -> op.foreignKeys("one"));
        GUARDS.put("constraints", op -> op.constraints("one"));
        GUARDS.put("hasType", op -> op.hasType("mood"));
    }

    private static final List<String> BOTH = List.of(
            "CREATE TABLE other (id integer NOT NULL, CONSTRAINT pk_other PRIMARY KEY (id))",
            "CREATE TABLE one (x integer CONSTRAINT nn NOT NULL CONSTRAINT ck_x CHECK (x > 0), y integer,"
                    + " CONSTRAINT uq_one UNIQUE (x, y), CONSTRAINT fk_one FOREIGN KEY (y) REFERENCES other (id)"
                    + " ON DELETE SET NULL ON UPDATE CASCADE)",
            "CREATE INDEX i ON one (y)",
            "CREATE TABLE bare (a integer)",
            "CREATE INDEX j ON bare (a)",
            "ALTER TABLE one ADD COLUMN z integer CONSTRAINT fk_z REFERENCES other (id)",
            "DROP TABLE one",
            "CREATE TABLE one (\"Y\" integer, CONSTRAINT \"Ck of Y\" CHECK (\"Y\" <> 1))");

    private static final List<String> POSTGRES = List.of(
            "CREATE TYPE mood AS ENUM ('sad')",
            "ALTER TABLE one ADD CONSTRAINT uq_more UNIQUE (\"Y\")",
            "ALTER TABLE one DROP CONSTRAINT \"Ck of Y\"",
            "DROP TYPE mood",
            "CREATE DOMAIN mood AS integer");

    private static List<String> statements(DatabaseForTests database) {
        return database.isPostgresql()
                ? java.util.stream.Stream.concat(BOTH.stream(), POSTGRES.stream())
                        .toList()
                : BOTH;
    }

    @EachDialect
    void aScriptAndTheDatabaseGiveTheSameAnswers(DatabaseForTests database) throws SQLException {
        ReplayedSchema replayed = new ReplayedSchema(Dialects.named(database.dialect()));
        RecordingOperations offline = new RecordingOperations(
                Dialects.named(database.dialect()),
                replayed,
                "test",
                sent -> sent.forEach(statement -> StatementReplay.apply(statement, replayed)));
        int[] checked = {0};
        try (Connection connection = database.dataSource().getConnection()) {
            OneRevision.run(connection, op -> {
                for (String sql : statements(database)) {
                    op.execute(sql);
                    offline.execute(sql);
                    GUARDS.forEach((guard, question) -> {
                        checked[0]++;
                        assertThat(question.apply(offline))
                                .describedAs("%s after %s", guard, sql)
                                .isEqualTo(question.apply(op));
                    });
                }
            });
        }
        System.out.println(
                "Guards on " + database.title() + " with and without a connection: " + checked[0] + " checked");
        assertThat(checked[0]).isPositive();
    }

    @Test
    void rejectsAQuestionThatNeedsAConnection() {
        Map<String, String> unclear = Map.of(
                "CREATE TABLE one (x integer PRIMARY KEY)", "constraints",
                "CREATE TABLE one AS SELECT 1 AS x", "constraints",
                "CREATE TABLE one (x integer CONSTRAINT f REFERENCES other)", "foreignKeys",
                "CREATE TABLE one (x integer CONSTRAINT f REFERENCES other (id) DEFERRABLE)", "foreignKeys",
                "CREATE TABLE one (x integer); ALTER TABLE one DROP COLUMN x", "constraints",
                "CREATE TABLE one (x integer CONSTRAINT f REFERENCES other (id)); ALTER TABLE other RENAME TO o",
                        "foreignKeys",
                "DO $$ BEGIN END $$", "hasType");
        unclear.forEach((sql, guard) -> {
            ReplayedSchema replayed = new ReplayedSchema(Dialects.named("postgresql"));
            RecordingOperations offline = new RecordingOperations(
                    Dialects.named("postgresql"),
                    replayed,
                    "test",
                    sent -> sent.forEach(statement -> StatementReplay.apply(statement, replayed)));
            offline.execute("CREATE TABLE other (id integer)");
            offline.execute(sql);

            assertThatThrownBy(() -> GUARDS.getOrDefault(guard, op -> "").apply(offline))
                    .describedAs(sql)
                    .isInstanceOf(ReplayedSchema.Unknown.class)
                    .hasMessageContaining("known only with a connection");
        });
    }
}
