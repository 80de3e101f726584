package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.turnstone.dialect.Scope;
import dev.turnstone.history.VersionTable;
import dev.turnstone.junit.MigratedDatabase;
import dev.turnstone.junit.MigrationTest;
import dev.turnstone.rows.NotFilled;
import dev.turnstone.rows.RowGenerator;
import dev.turnstone.rows.Style;
import dev.turnstone.schema.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestTemplate;

/** The scenario rows finds rows for the tables of the application, at the head of its history. */
@MigrationTest
@Tag("zoo")
class GeneratedRowsTest {

    private static final int LEAST_PERCENT = 95;

    @TestTemplate
    @SuppressWarnings("SystemOut") // The lane says how much it checked.
    void nearlyEveryTableIsFilled(MigratedDatabase database, Connection connection) throws SQLException {
        Schema schema = database.snapshot().schema().withoutTables(VersionTable.USUAL_TABLES);
        Scope scope = database.dialect().currentScope(connection);
        List<NotFilled> empty = new RowGenerator(database.dialect(), scope, 1)
                .fill(connection, schema, schema.tables(), Style.VARIED, Map.of());

        int tables = schema.tables().size();
        int filled = tables - empty.size();
        System.out.println("zoo, rows: " + filled + " of " + tables + " tables of the example filled on "
                + database.dialect().title());
        empty.forEach(table -> System.out.println(
                "  not filled: " + table.table().name() + ", against it stands " + table.constraint()));
        assertEquals(5, tables);
        assertTrue(100 * filled >= LEAST_PERCENT * tables, () -> empty.toString());
    }
}
