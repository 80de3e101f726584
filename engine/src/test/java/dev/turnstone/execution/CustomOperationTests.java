package dev.turnstone.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnstone.dialect.Dialects;
import dev.turnstone.dialect.UnterminatedStatementException;
import dev.turnstone.operation.Location;
import dev.turnstone.operation.OneRevision;
import dev.turnstone.operation.Operation;
import dev.turnstone.operation.Operations;
import dev.turnstone.operation.Reversal;
import dev.turnstone.operation.SqlText;
import dev.turnstone.schema.Column;
import dev.turnstone.schema.ColumnType;
import dev.turnstone.schema.Schema;
import dev.turnstone.testing.DatabaseForTests;
import dev.turnstone.testing.EachDialect;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** User-defined operations, and SQL with values. */
class CustomOperationTests {

    /** A user-defined operation that copies the rows of a table to an archive table. */
    record Archive(String table) implements Operation.Custom {
        @Override
        public SqlText sql(String dialect) {
            String quoted = Dialects.named(dialect).quote(table);
            String archive = Dialects.named(dialect).quote(table + "_archive");
            String now = dialect.equals("sqlite") ? "datetime('now')" : "now()::text";
            return new SqlText(
                    "CREATE TABLE " + archive + " AS SELECT * FROM " + quoted + " WHERE 1 = 0;\nALTER TABLE " + archive
                            + " ADD COLUMN archived_at TEXT;\nINSERT INTO " + archive + " SELECT *, " + now + " FROM "
                            + quoted + ";",
                    Location.of("archive of " + table));
        }
    }

    private static void run(DatabaseForTests database, Consumer<Operations> body) throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            OneRevision.run(connection, body);
        }
    }

    @EachDialect
    void runsItsStatementsInOrder(DatabaseForTests database) throws SQLException {
        run(database, op -> {
            op.createTable("jobs", Column.of("id", ColumnType.integer()), Column.of("name", ColumnType.text()));
            op.bulkInsert("jobs", List.of("id", "name"), List.of(List.of(1, "a"), List.of(2, "b")));
            op.run(new Archive("jobs"));
            op.execute("DELETE FROM jobs");
        });

        assertThat(database.strings("SELECT name FROM jobs_archive WHERE archived_at IS NOT NULL ORDER BY id"))
                .containsExactly("a", "b");
        assertThat(database.strings("SELECT name FROM jobs")).isEmpty();
    }

    @EachDialect
    void reportsTheStatementAndTheLocationOfItsFailure(DatabaseForTests database) {
        assertThatThrownBy(() -> run(database, op -> op.run(new Archive("nowhere"))))
                .isInstanceOf(StatementFailedException.class)
                .hasMessageContaining("archive of nowhere")
                .hasMessageContaining("CREATE TABLE \"nowhere_archive\"");
        assertThat(database.allTables()).isEmpty();
    }

    @EachDialect
    void rejectsAnUnterminatedStatement(DatabaseForTests database) {
        Operation.Custom open = dialect -> new SqlText("SELECT 'open", Location.of("mine"));

        assertThatThrownBy(() -> run(database, op -> op.run(open))).isInstanceOf(UnterminatedStatementException.class);
        assertThatThrownBy(() -> Reversal.of(open, Schema.EMPTY)).isInstanceOf(IllegalArgumentException.class);
    }

    @EachDialect
    void storesValuesOfEachTypeUnchanged(DatabaseForTests database) throws SQLException {
        String text = "it's; DROP TABLE v; -- \\ \"?\" ü🐦";
        UUID uuid = UUID.fromString("7b0e8f6e-3c1d-4a3f-9a0b-111111111111");
        List<Object> values = new ArrayList<>(Arrays.asList(
                1,
                text,
                true,
                new BigDecimal("12.50"),
                new byte[] {0, 1, (byte) 0xff},
                LocalDate.of(2026, 1, 6),
                LocalDateTime.of(2026, 1, 6, 8, 30),
                uuid,
                null));
        String binary = database.isPostgresql() ? "bytea" : "blob";
        String columns = "id integer, t text, b boolean, n numeric(6, 2), x " + binary + ", d date, ts timestamp, u "
                + (database.isPostgresql() ? "uuid" : "text") + ", absent text";
        List<String> names = List.of("id", "t", "b", "n", "x", "d", "ts", "u", "absent");

        run(database, op -> {
            op.execute("CREATE TABLE v (" + columns + ")");
            op.bulkInsert("v", names, List.of(values));
            List<Object> second = new ArrayList<>(values);
            second.set(0, 2);
            op.execute(
                    "INSERT INTO v /* a ? in a comment */ (" + String.join(", ", names)
                            + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    second.toArray());
            op.execute("UPDATE v SET absent = '?' WHERE id = ? AND t = ?; DELETE FROM v WHERE id = ?", 2, text, 3);
        });

        for (int id = 1; id <= 2; id++) {
            String where = " FROM v WHERE id = " + id;
            assertThat(database.strings("SELECT t" + where)).containsExactly(text);
            assertThat(database.strings("SELECT CAST(u AS text)" + where)).containsExactly(uuid.toString());
            assertThat(database.strings("SELECT CASE WHEN b THEN 'yes' END" + where))
                    .containsExactly("yes");
            assertThat(database.strings("SELECT CASE WHEN n = 12.5 THEN 'yes' END" + where))
                    .containsExactly("yes");
            assertThat(database.strings(
                            database.isPostgresql()
                                    ? "SELECT encode(x, 'hex')" + where
                                    : "SELECT lower(hex(x))" + where))
                    .containsExactly("0001ff");
            assertThat(database.strings("SELECT CAST(d AS text)" + where)).containsExactly("2026-01-06");
            assertThat(database.strings("SELECT CAST(ts AS text)" + where)).containsExactly("2026-01-06 08:30:00");
            assertThat(database.strings("SELECT coalesce(absent, 'none')" + where))
                    .containsExactly(id == 1 ? "none" : "?");
        }
    }

    /** The stored text must sort in the order of time, because it is compared with CURRENT_TIMESTAMP. */
    @EachDialect
    void storesTimesThatCanBeComparedWithThoseOfTheDatabase(DatabaseForTests database) throws SQLException {
        OffsetDateTime moment = OffsetDateTime.parse("2026-01-06T09:30:00+01:00");
        run(database, op -> {
            op.createTable("w", Column.of("at", ColumnType.timestampWithZone()), Column.of("t", ColumnType.time()));
            op.bulkInsert(
                    "w",
                    List.of("at", "t"),
                    List.of(
                            List.of(moment, LocalTime.of(8, 30)),
                            List.of(moment.toInstant(), LocalTime.of(8, 30)),
                            List.of(moment.atZoneSameInstant(ZoneId.of("America/New_York")), LocalTime.of(8, 30, 1))));
        });

        assertThat(database.strings("SELECT count(DISTINCT at) || ' ' || count(DISTINCT t) FROM w"))
                .containsExactly("1 2");
        assertThat(database.strings("SELECT count(*) FROM w WHERE at < CURRENT_TIMESTAMP AND at > "
                        + (database.isPostgresql() ? "timestamptz " : "") + "'2026-01-06 08:29:59"
                        + (database.isPostgresql() ? "Z'" : "'")))
                .containsExactly("3");
    }

    @EachDialect
    void rejectsAWrongNumberOfValues(DatabaseForTests database) {
        assertThatThrownBy(() -> run(database, op -> op.execute("SELECT ?, '?'", 1, 2)))
                .hasStackTraceContaining("There are 1 places for 2 values");
        assertThatThrownBy(() -> run(database, op -> op.bulkInsert("v", List.of("a", "b"), List.of(List.of(1)))))
                .hasStackTraceContaining("Each row needs a value for each of the columns [a, b].");
    }
}
