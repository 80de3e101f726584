package dev.turnstone.dialect.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.dialect.Scope;
import dev.turnstone.dialect.postgresql.PostgresForTests.InSchema;
import dev.turnstone.schema.Schema;
import dev.turnstone.schema.SchemaObject;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names that the server generated are marked as such, whatever the length of their parts. */
class GeneratedNamesTests {

    @ParameterizedTest
    @CsvSource({"t, a", "t50, a", "t, c60", "t40, c40", "t63, c63", "ü30, é31", "t29, 漢20"})
    void generatedNamesAreMarked(String table, String column) throws SQLException {
        try (InSchema in = new InSchema("names")) {
            in.run(String.format(Locale.ROOT, """
                    CREATE TABLE %1$s (%2$s serial PRIMARY KEY, other integer CHECK (other > 0) UNIQUE,
                      CHECK (other > %2$s), CHECK (%2$s > other), UNIQUE (%2$s, other),
                      FOREIGN KEY (other) REFERENCES %1$s, EXCLUDE USING btree (other WITH =));
                    CREATE INDEX ON %1$s (%2$s); CREATE INDEX ON %1$s (%2$s); CREATE INDEX ON %1$s (other, %2$s, (other + 1));
                    """, repeated(table), repeated(column)));
            Schema schema = PostgresDialect.INSTANCE.read(in.connection, Scope.schema(in.schema));

            Set<String> named =
                    Set.of("index", "primary-key", "unique", "check", "foreign-key", "exclusion", "sequence");
            Set<SchemaObject> chosen = schema.objects().values().stream()
                    .filter(object -> named.contains(object.id().kind().label()))
                    .collect(Collectors.toSet());
            assertThat(chosen).hasSize(12).allMatch(SchemaObject::generatedName);
        }
    }

    /** {@code c60} is a name of 60 letters c. */
    private static String repeated(String name) {
        String count = name.replaceAll("\\D", "");
        return count.isEmpty() ? name : name.substring(0, 1).repeat(Integer.parseInt(count));
    }
}
