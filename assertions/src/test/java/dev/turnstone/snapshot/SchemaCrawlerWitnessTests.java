package dev.turnstone.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.ObjectKind;
import dev.turnstone.schema.SchemaObject;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Our reader and SchemaCrawler look at one schema with every kind of object. */
class SchemaCrawlerWitnessTests {

    /** Kept, because the logging of the platform forgets what nobody holds. */
    private static final Logger NOISE = Logger.getLogger("");

    @Test
    void agreesOnPostgresqlWhereverSchemaCrawlerSeesSomething() throws SQLException {
        NOISE.setLevel(Level.OFF);
        try (ScratchDatabase database = ScratchDatabase.of("postgresql", Samples.POSTGRESQL_EVERYTHING)) {
            Map<ObjectId, SchemaObject> ours = database.snapshot().schema().objects();
            Map<ObjectId, SchemaObject> witness = JdbcSchemaReader.read(
                            database.dataSource(),
                            "postgresql",
                            database.scope().schema())
                    .schema()
                    .objects();

            assertThat(witness.keySet())
                    .filteredOn(id -> id.kind() == ObjectKind.TABLE)
                    .isNotEmpty();
            for (ObjectKind kind :
                    new ObjectKind[] {ObjectKind.COLUMN, ObjectKind.PRIMARY_KEY, ObjectKind.FOREIGN_KEY}) {
                assertThat(witness.keySet().stream().filter(id -> id.kind() == kind))
                        .as(kind.label())
                        .isNotEmpty()
                        .allMatch(ours::containsKey, "is seen by our reader");
            }
            witness.forEach((id, object) -> {
                SchemaObject same = ours.get(id);
                if (same != null && id.kind() == ObjectKind.COLUMN) {
                    assertThat(same.attributes().get("nullable"))
                            .as(id.toString())
                            .isEqualTo(object.attributes().get("nullable"));
                }
            });
            TreeSet<ObjectKind> unseen =
                    ours.keySet().stream().map(ObjectId::kind).collect(Collectors.toCollection(TreeSet::new));
            unseen.removeAll(witness.keySet().stream().map(ObjectId::kind).collect(Collectors.toSet()));
            assertThat(unseen)
                    .as("kinds that the JDBC reader does not see")
                    .containsExactly(
                            ObjectKind.ENUM,
                            ObjectKind.DOMAIN,
                            ObjectKind.TYPE,
                            ObjectKind.SEQUENCE,
                            ObjectKind.UNIQUE,
                            ObjectKind.CHECK,
                            ObjectKind.EXCLUSION,
                            ObjectKind.STATISTICS,
                            ObjectKind.MATERIALIZED_VIEW,
                            ObjectKind.FUNCTION,
                            ObjectKind.PROCEDURE,
                            ObjectKind.AGGREGATE,
                            ObjectKind.OPERATOR,
                            ObjectKind.CAST,
                            ObjectKind.COLLATION,
                            ObjectKind.TEXT_SEARCH_CONFIGURATION,
                            ObjectKind.TRIGGER,
                            ObjectKind.RULE,
                            ObjectKind.POLICY,
                            ObjectKind.GRANT);
        }
    }
}
