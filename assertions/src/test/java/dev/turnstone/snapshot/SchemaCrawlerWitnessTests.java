package dev.turnstone.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.ObjectKind;
import dev.turnstone.schema.SchemaObject;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Compares the reader under test with SchemaCrawler on a schema with every kind of object. */
class SchemaCrawlerWitnessTests {

    /** A strong reference, because java.util.logging keeps only weak references to loggers. */
    private static final Logger NOISE = Logger.getLogger("");

    /** Foreign key actions that the samples do not contain. */
    private static final String ACTIONS = """
            CREATE TABLE one (a INTEGER PRIMARY KEY);
            CREATE TABLE two (a INTEGER PRIMARY KEY);
            CREATE TABLE three (a INTEGER PRIMARY KEY);
            CREATE TABLE acting (
              b INTEGER REFERENCES one ON UPDATE CASCADE ON DELETE SET NULL,
              c INTEGER REFERENCES two ON UPDATE SET NULL ON DELETE RESTRICT,
              d INTEGER DEFAULT 1 REFERENCES three ON UPDATE RESTRICT ON DELETE SET DEFAULT);
            """;

    @Test
    void agreesWithSchemaCrawlerOnPostgresql() throws SQLException {
        NOISE.setLevel(Level.OFF);
        try (ScratchDatabase database = ScratchDatabase.of("postgresql", Samples.POSTGRESQL_EVERYTHING + ACTIONS)) {
            Map<ObjectId, SchemaObject> ours = database.snapshot().schema().objects();
            Map<ObjectId, SchemaObject> witness = JdbcSchemaReader.read(
                            database.dataSource(),
                            "postgresql",
                            database.scope().schema())
                    .schema()
                    .objects();

            assertThat(disagreements(database))
                    .containsExactly(
                            // A constant with its type, which the reader under test omits.
                            "customers.name default 'nobody'::character varying",
                            // The index of a constraint is not a separate index.
                            "index orders_customer_number_key of orders, unique",
                            "index orders_customer_number_key: customer, number",
                            // An expression, which SchemaCrawler reads as a column.
                            "index orders_expr_abs_amount_idx: ((abs(amount) + (1)::numeric)) desc, abs(number), amount",
                            // The index of an exclusion constraint.
                            "index orders_int4range_excl of orders",
                            "index orders_int4range_excl: int4range((number)::integer, ((number)::integer + 1))",
                            // A generated column has an expression and no default.
                            "orders.doubled default (amount * (2)::numeric)",
                            // JDBC reports every default that calls nextval as auto-increment.
                            "orders.id counts up",
                            "orders.number counts up",
                            "orders.state default 'new'::state");
            TreeSet<ObjectKind> unseen =
                    ours.keySet().stream().map(ObjectId::kind).collect(Collectors.toCollection(TreeSet::new));
            unseen.removeAll(witness.keySet().stream().map(ObjectId::kind).collect(Collectors.toSet()));
            assertThat(unseen)
                    .as("kinds that the JDBC reader does not read")
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

    @Test
    void agreesWithSchemaCrawlerOnSqlite() throws SQLException {
        NOISE.setLevel(Level.OFF);
        try (ScratchDatabase database = ScratchDatabase.of("sqlite", Samples.SQLITE_EVERYTHING + ACTIONS)) {
            assertThat(disagreements(database))
                    // The shadow tables of a virtual table are part of it.
                    .filteredOn(fact -> !fact.contains("search_"))
                    .containsExactly(
                            // The indexes of constraints are not separate indexes.
                            "index sqlite_autoindex_customer_1 of customer, unique",
                            "index sqlite_autoindex_customer_1: email",
                            "index sqlite_autoindex_odd \" name_1 of odd \" name, unique",
                            "index sqlite_autoindex_odd \" name_1: note",
                            // SchemaCrawler reads neither the descending order of the column nor the expression after
                            // it.
                            "index ux_invoice: customer",
                            // The driver adds the scale to the precision.
                            "invoice.amount type numeric(12,2)",
                            // AUTOINCREMENT belongs to the primary key, not to the column.
                            "invoice.id counts up",
                            // SchemaCrawler reads neither the expression nor the condition of the index.
                            "unique columns of invoice: [customer]");
            Set<ObjectKind> unseen = new TreeSet<>(database.snapshot().schema().objects().keySet().stream()
                    .map(ObjectId::kind)
                    .toList());
            unseen.removeAll(
                    JdbcSchemaReader.read(database.dataSource(), "sqlite", "").schema().objects().keySet().stream()
                            .map(ObjectId::kind)
                            .toList());
            assertThat(unseen)
                    .as("kinds that the JDBC reader does not read")
                    .containsExactly(ObjectKind.UNIQUE, ObjectKind.CHECK, ObjectKind.TRIGGER);
        }
    }

    private static Set<String> without(Set<String> facts, Set<String> others) {
        Set<String> left = new TreeSet<>(facts);
        left.removeAll(others);
        return left;
    }

    @Test
    void agreesWithSchemaCrawlerOnObjectsBesidesTablesOnPostgresql() throws SQLException {
        NOISE.setLevel(Level.OFF);
        try (ScratchDatabase database = ScratchDatabase.of("postgresql", Samples.POSTGRESQL_EVERYTHING)) {
            Set<String> witness = SchemaCrawlerFacts.of(
                    database.dataSource(), database.scope().schema());
            Set<String> ours = SchemaCrawlerFacts.of(database.snapshot().schema());

            assertThat(witness).isNotEmpty();
            System.out.println("schemacrawler: compared " + witness.size() + " facts besides tables");
            assertThat(without(witness, ours))
                    .as("facts that only SchemaCrawler reads")
                    // The constructor functions of a range type are part of the type.
                    .containsExactly("function span", "function span_multirange");
            assertThat(without(ours, witness))
                    .as("facts that SchemaCrawler does not read")
                    .containsExactly(
                            // The constraint of a domain.
                            "check constraint email.email_at",
                            "exclusion constraint orders.orders_int4range_excl",
                            // A materialized view.
                            "view dearest: select id, name from dear");
        }
    }

    @Test
    void agreesWithSchemaCrawlerOnObjectsBesidesTablesOnSqlite() throws SQLException {
        NOISE.setLevel(Level.OFF);
        try (ScratchDatabase database = ScratchDatabase.of("sqlite", Samples.SQLITE_EVERYTHING)) {
            Set<String> witness = SchemaCrawlerFacts.of(database.dataSource(), "");
            Set<String> ours = SchemaCrawlerFacts.of(database.snapshot().schema());

            assertThat(witness).isNotEmpty();
            System.out.println("schemacrawler: compared " + witness.size() + " facts besides tables");
            assertThat(without(witness, ours))
                    .as("facts that only SchemaCrawler reads")
                    // SchemaCrawler does not read UPDATE OF.
                    .containsExactly("trigger customer.tr_customer after [unknown]");
            assertThat(without(ours, witness))
                    .as("facts that SchemaCrawler does not read")
                    .containsExactly(
                            "check constraint invoice.positive", "trigger customer.tr_customer after [update]");
        }
    }

    /** Returns the facts that only SchemaCrawler reads. */
    private static Set<String> disagreements(ScratchDatabase database) throws SQLException {
        boolean sqlite = database.scope().schema().equals("main");
        Set<String> witness = WitnessFacts.of(JdbcSchemaReader.read(
                        database.dataSource(),
                        sqlite ? "sqlite" : "postgresql",
                        sqlite ? "" : database.scope().schema())
                .schema());
        assertThat(witness).isNotEmpty();
        System.out.println("schemacrawler: compared " + witness.size() + " facts");
        witness.removeAll(WitnessFacts.of(database.snapshot().schema()));
        return witness;
    }
}
