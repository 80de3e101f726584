package dev.turnstone.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.Dialects;
import dev.turnstone.dialect.Scope;
import dev.turnstone.dialect.TableRows;
import dev.turnstone.history.VersionTable;
import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.Schema;
import dev.turnstone.schema.SchemaDiff;
import dev.turnstone.testing.DatabaseForTests;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The state of a database after a history.
 *
 * @param schema including the version table and the checksum table
 * @param rows the rows of all other tables
 * @param versions the rows of these two tables, without times
 */
record End(Schema schema, SortedMap<ObjectId, TableRows> rows, List<String> versions) {

    static End of(DatabaseForTests database) throws SQLException {
        List<String> tables = database.tables();
        List<String> versions = new ArrayList<>();
        if (tables.contains("turnstone_version")) {
            versions.addAll(database.versionRows());
        }
        if (tables.contains("turnstone_version_checksum")) {
            versions.addAll(
                    database.strings("SELECT revision || ' ' || checksum FROM turnstone_version_checksum ORDER BY 1"));
        }
        try (Connection connection = database.dataSource().getConnection()) {
            Dialect dialect = Dialects.of(connection);
            Scope scope = Scope.schema(database.schema());
            SortedMap<ObjectId, TableRows> rows = new TreeMap<>(dialect.readRows(connection, scope));
            rows.keySet().removeIf(table -> VersionTable.USUAL_TABLES.contains(table.name()));
            return new End(dialect.read(connection, scope), rows, versions);
        }
    }

    /** Returns schema and rows, without the version table and the checksum table. */
    End withoutVersions() {
        return new End(schema.withoutTables(VersionTable.USUAL_TABLES), rows, List.of());
    }

    void assertSame(End undisturbed, String after) {
        assertThat(SchemaDiff.between(undisturbed.schema, schema).differences())
                .as(after)
                .isEmpty();
        assertThat(rows).as(after).isEqualTo(undisturbed.rows);
        assertThat(versions).as(after).isEqualTo(undisturbed.versions);
    }
}
