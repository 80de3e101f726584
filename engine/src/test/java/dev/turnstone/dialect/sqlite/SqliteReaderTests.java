package dev.turnstone.dialect.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.schema.Difference;
import dev.turnstone.schema.Schema;
import dev.turnstone.schema.SchemaDiff;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** For each kind of object and each attribute: a difference that the reader must find, and one that it must ignore. */
class SqliteReaderTests {

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.turnstone.dialect.sqlite.DefinitionVariants#definitions")
    void findsADifferentDefinition(String what, String definition, String same, String other, List<String> expected)
            throws SQLException {
        List<String> found =
                SchemaDiff.between(DefinitionVariants.read(definition), DefinitionVariants.read(other))
                        .differences()
                        .stream()
                        .map(Difference::toString)
                        .toList();

        assertThat(found).describedAs(what).isNotEmpty();
        for (String difference : expected) {
            assertThat(found).describedAs(what).anyMatch(text -> text.startsWith(difference));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.turnstone.dialect.sqlite.DefinitionVariants#definitions")
    void ignoresAnEquivalentDefinition(String what, String definition, String same, String other, List<String> expected)
            throws SQLException {
        assertThat(SchemaDiff.between(DefinitionVariants.read(definition), DefinitionVariants.read(same))
                        .differences())
                .describedAs(what)
                .isEmpty();
    }

    @Test
    @DisplayName("SQLite's own tables and indexes do not show")
    void internalObjectsAreLeftOut() throws SQLException {
        Schema schema = SqliteFixture.schemaOf(
                "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT UNIQUE)",
                "INSERT INTO t (a) VALUES ('x')",
                "ANALYZE",
                "CREATE VIRTUAL TABLE f USING fts5 (a)",
                "CREATE TEMP TABLE other (a)");

        assertThat(schema.tables()).extracting("name").containsExactly("f", "t");
        assertThat(schema.objects().keySet()).noneMatch(id -> id.name().contains("sqlite_"));
    }
}
