package dev.turnstone.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnstone.operation.OneRevision;
import dev.turnstone.schema.Column;
import dev.turnstone.schema.ColumnType;
import dev.turnstone.schema.Schema;
import dev.turnstone.testing.DatabaseForTests;
import dev.turnstone.testing.EachDialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Each portable type is rendered on each database, and read from its catalog as the same type. */
class TypeMappingTests {

    private static final List<ColumnType> TYPES = List.of(
            ColumnType.smallint(),
            ColumnType.integer(),
            ColumnType.bigint(),
            ColumnType.decimal(),
            ColumnType.decimal(10, 2),
            ColumnType.decimal(5, 0),
            ColumnType.real(),
            ColumnType.doublePrecision(),
            ColumnType.bool(),
            ColumnType.text(),
            ColumnType.varchar(255),
            ColumnType.binary(),
            ColumnType.date(),
            ColumnType.time(),
            ColumnType.time(3),
            ColumnType.timestamp(),
            ColumnType.timestamp(0),
            ColumnType.timestampWithZone(),
            ColumnType.timestampWithZone(3),
            ColumnType.uuid(),
            ColumnType.json());

    /** A user-defined type. */
    record Money() implements ColumnType.Custom {
        @Override
        public String spelling(String dialect) {
            return dialect.equals("postgresql") ? "numeric(19, 4)" : "INTEGER";
        }
    }

    private static ColumnType read(DatabaseForTests database, ColumnType type) throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            OneRevision.run(connection, op -> {
                op.dropTableIfExists("typed");
                op.createTable("typed", Column.of("a", type));
            });
            Dialect dialect = Dialects.of(connection);
            Schema schema = dialect.read(connection, dialect.currentScope(connection));
            return schema.table("typed").orElseThrow().columns().get(0).type();
        }
    }

    private static ColumnType back(DatabaseForTests database, ColumnType type) throws SQLException {
        return Dialects.named(database.dialect()).portableType(read(database, type));
    }

    @EachDialect
    void readsEachTypeAsItWasRendered(DatabaseForTests database) throws SQLException {
        Set<ColumnType.Name> seen = new HashSet<>();
        for (ColumnType type : TYPES) {
            assertThat(back(database, type)).isEqualTo(type);
            seen.add(((ColumnType.Portable) type).name());
        }
        assertThat(seen).containsExactlyInAnyOrder(ColumnType.Name.values());
        System.out.println(
                "Types on " + database.title() + " and back: " + TYPES.size() + " checked, " + seen.size() + " names");
    }

    @EachDialect
    void anArrayIsAnArrayOrJson(DatabaseForTests database) throws SQLException {
        for (ColumnType element : List.of(ColumnType.integer(), ColumnType.varchar(7), ColumnType.decimal(4, 1))) {
            assertThat(back(database, ColumnType.array(element)))
                    .isEqualTo(database.isPostgresql() ? ColumnType.array(element) : ColumnType.json());
        }
    }

    @EachDialect
    void usesAVariantOnItsDialectOnly(DatabaseForTests database) throws SQLException {
        assertThat(back(database, ColumnType.json().with("sqlite", ColumnType.text())))
                .isEqualTo(database.isPostgresql() ? ColumnType.json() : ColumnType.text());
        assertThat(back(database, ColumnType.array(ColumnType.text()).with("sqlite", ColumnType.varchar(9))))
                .isEqualTo(database.isPostgresql() ? ColumnType.array(ColumnType.text()) : ColumnType.varchar(9));
    }

    @EachDialect
    void aUserDefinedTypeRendersItself(DatabaseForTests database) throws SQLException {
        assertThat(back(database, new Money()))
                .isEqualTo(database.isPostgresql() ? ColumnType.decimal(19, 4) : ColumnType.integer());
        ColumnType.Custom breakingOut = dialect -> "int); DROP TABLE typed; --";
        assertThatThrownBy(() -> read(database, breakingOut)).isInstanceOf(CannotRenderException.class);
    }

    @EachDialect
    void anEnumIsATypeOrText(DatabaseForTests database) throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            OneRevision.run(connection, op -> op.createEnum("Mood of \"it\"", "sad", "fine"));
        }

        assertThat(back(database, ColumnType.enumeration("Mood of \"it\"")))
                .isEqualTo(database.isPostgresql() ? ColumnType.spelled("\"Mood of \"\"it\"\"\"") : ColumnType.text());
    }

    @EachDialect
    void keepsATypeWithoutAPortableEquivalent(DatabaseForTests database) throws SQLException {
        Map<Boolean, List<String>> spellings = Map.of(
                true, Arrays.asList("json", "interval", "character(36)", "\"char\"", "tstzrange", "bit varying(3)"),
                false, Arrays.asList("INT", "DATETIME", "DOUBLE PRECISION", "CHAR(35)", ""));
        for (String spelling : spellings.getOrDefault(database.isPostgresql(), List.of())) {
            ColumnType read = read(database, ColumnType.spelled(spelling));
            assertThat(Dialects.named(database.dialect()).portableType(read))
                    .isEqualTo(read)
                    .isEqualTo(ColumnType.spelled(spelling));
        }
    }
}
