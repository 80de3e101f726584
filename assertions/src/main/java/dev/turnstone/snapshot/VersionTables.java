package dev.turnstone.snapshot;

import dev.turnstone.history.ChecksumTable;
import dev.turnstone.history.VersionTable;
import dev.turnstone.schema.Column;
import dev.turnstone.schema.PrimaryKey;
import dev.turnstone.schema.Schema;
import dev.turnstone.schema.Table;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Finds the version tables of a schema by their layout, whatever their names. */
final class VersionTables {

    private static final List<String> CHECKSUM_COLUMNS = List.of("revision", "checksum", "applied_at");

    private VersionTables() {}

    /** Returns the names of version tables, including Alembic's, and of their checksum tables. */
    static Set<String> in(Schema schema) {
        Set<String> names = new TreeSet<>(VersionTable.USUAL_TABLES);
        for (Table table : schema.tables()) {
            if (columns(table).equals(List.of("version_num")) && hasOurKey(table)) {
                names.add(table.name());
                schema.table(table.name() + ChecksumTable.SUFFIX)
                        .filter(beside -> columns(beside).equals(CHECKSUM_COLUMNS) && hasOurKey(beside))
                        .ifPresent(beside -> names.add(beside.name()));
            }
        }
        return names;
    }

    private static List<String> columns(Table table) {
        return table.columns().stream().map(Column::name).toList();
    }

    /** Alembic and the engine name the primary key in the same way. */
    private static boolean hasOurKey(Table table) {
        PrimaryKey key = table.primaryKey();
        return key != null && (table.name() + "_pkc").equals(key.name());
    }
}
