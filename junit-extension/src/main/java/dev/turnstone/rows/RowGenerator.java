package dev.turnstone.rows;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.Scope;
import dev.turnstone.schema.Column;
import dev.turnstone.schema.ForeignKey;
import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.Schema;
import dev.turnstone.schema.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fills tables with rows that satisfy their constraints.
 *
 * <p>The same seed gives the same rows for the same schema and the same calls. Not thread-safe.
 */
public final class RowGenerator {

    private final Dialect dialect;
    private final String schemaName;
    private final Random random;
    private int counter;

    /**
     * A generator for one database.
     *
     * @param scope the schema whose tables the model names without one
     * @param seed decides about all that is left to chance
     */
    public RowGenerator(Dialect dialect, Scope scope, long seed) {
        this.dialect = dialect;
        this.schemaName = scope.schema();
        this.random = new Random(seed);
    }

    /**
     * Puts rows into tables, those first that others refer to, and commits.
     *
     * @param connection in autocommit mode, and left in it
     * @param schema all there is, to know types and the targets of foreign keys
     * @param tables those to fill, of the schema's; ones that are not made for rows of ours are passed over
     * @param given by table, values that its rows shall have, instead of rows of the style
     * @return the tables among them that hold no row afterwards
     * @throws SQLException when the connection fails; that the database refuses a row is no failure
     */
    public List<NotFilled> fill(
            Connection connection,
            Schema schema,
            Collection<Table> tables,
            Style style,
            Map<ObjectId, List<Map<String, @Nullable Object>>> given)
            throws SQLException {
        counter = Math.max(counter, style.firstNumber());
        connection.setAutoCommit(false);
        try (Session session = new Session(connection, schema, style, given)) {
            return session.fill(tables);
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /** Whether a table takes rows of its own: not those of a foreign server, nor those behind another table. */
    public static boolean takesRows(Table table) {
        String arguments = table.options().getOrDefault("arguments", "").replaceAll("\\s", "");
        return !table.options().containsKey("server") && !arguments.contains("content=");
    }

    private final class Session implements AutoCloseable {
        private final Connection connection;
        private final Schema schema;
        private final Style style;
        private final Map<ObjectId, List<Map<String, @Nullable Object>>> given;
        private final References references;
        private final TypeSamples types;
        private final boolean deferrable;

        Session(
                Connection connection,
                Schema schema,
                Style style,
                Map<ObjectId, List<Map<String, @Nullable Object>>> given) {
            this.connection = connection;
            this.schema = schema;
            this.style = style;
            this.given = given;
            references = new References(connection, dialect, schema, schemaName);
            types = isSqlite() ? new SqliteSamples() : new PostgresSamples(schema);
            deferrable = !isSqlite()
                    && schema.tables().stream()
                            .flatMap(table -> table.objects().stream())
                            .anyMatch(object -> object.attributes().containsKey("deferrable"));
        }

        List<NotFilled> fill(Collection<Table> tables) throws SQLException {
            List<NotFilled> notFilled = new ArrayList<>();
            Set<Table> pending = new LinkedHashSet<>();
            tables.stream().filter(RowGenerator::takesRows).forEach(pending::add);
            List<Table> unpromised = new ArrayList<>();
            while (!pending.isEmpty()) {
                Optional<Table> ready = ready(pending);
                Table next = ready.orElseGet(() -> pending.iterator().next());
                pending.remove(next);
                boolean promising = ready.isEmpty();
                if (!references.hasPromises()) {
                    begin(promising);
                }
                fill(next, promising).ifPresent(notFilled::add);
                unpromised.add(next);
                if (!references.hasPromises() || pending.isEmpty()) {
                    notFilled.addAll(commit(unpromised));
                    unpromised.clear();
                }
            }
            return notFilled;
        }

        /** A table whose foreign keys can all be satisfied now; else one of which that is true of those that must be. */
        private Optional<Table> ready(Set<Table> pending) {
            return pending.stream()
                    .filter(table -> waitsFor(table, pending, false).isEmpty())
                    .findFirst()
                    .or(() -> pending.stream()
                            .filter(table -> waitsFor(table, pending, true).isEmpty())
                            .findFirst());
        }

        private List<Table> waitsFor(Table table, Set<Table> pending, boolean onlyRequired) {
            return table.foreignKeys().stream()
                    .filter(key -> !onlyRequired || isRequired(key, table))
                    .flatMap(key -> references.target(key).stream())
                    .filter(target -> !target.equals(table) && pending.contains(target))
                    .toList();
        }

        private boolean isRequired(ForeignKey key, Table table) {
            return key.columns().stream()
                    .allMatch(c -> table.column(c).filter(column -> !column.nullable()).isPresent());
        }

        private void begin(boolean promising) throws SQLException {
            if (isSqlite()) {
                if (promising) {
                    execute("PRAGMA defer_foreign_keys = ON");
                }
            } else if (deferrable) {
                execute("SET CONSTRAINTS ALL " + (promising ? "DEFERRED" : "IMMEDIATE"));
            }
        }

        private Optional<NotFilled> fill(Table table, boolean promising) throws SQLException {
            List<String> always = table.columns().stream()
                    .filter(column -> "always".equals(column.identity()))
                    .map(Column::name)
                    .toList();
            try (Insertion insertion = new Insertion(connection, dialect, references.quoted(table), always)) {
                TableFilling filling = new TableFilling(
                        table,
                        ColumnChoice.of(table, schema, types, isSqlite()),
                        references,
                        insertion,
                        types,
                        random,
                        () -> ++counter,
                        promising);
                List<Map<String, @Nullable Object>> wanted = new ArrayList<>(references.takePromised(table));
                wanted.addAll(given.getOrDefault(table.id(), List.of()));
                int taken = wanted.isEmpty() ? filling.fill(style) : filling.fillWith(wanted);
                Violation violation = filling.lastViolation();
                if (taken > 0) {
                    countOn(table, !wanted.isEmpty());
                    return Optional.empty();
                }
                return hasRows(table) || violation == null
                        ? Optional.empty()
                        : Optional.of(new NotFilled(table.id(), violation.title(), violation.words()));
            }
        }

        /** Brings the sequences of a table behind the numbers that its rows were given. */
        private void countOn(Table table, boolean numbersGiven) throws SQLException {
            if (isSqlite() || !numbersGiven) {
                return;
            }
            for (ColumnChoice choice : ColumnChoice.of(table, schema, types, false)) {
                if (choice.counted()) {
                    String column = dialect.quote(choice.column().name());
                    execute("SELECT setval(s.name, greatest(m.most, 1)) FROM (SELECT max(" + column + ") AS most FROM "
                            + references.quoted(table) + ") m, (SELECT pg_get_serial_sequence("
                            + literal(references.quoted(table)) + ", "
                            + literal(choice.column().name()) + ") AS name) s"
                            + " WHERE s.name IS NOT NULL AND m.most IS NOT NULL");
                }
            }
        }

        private boolean hasRows(Table table) throws SQLException {
            try (Statement statement = connection.createStatement();
                    var rows = statement.executeQuery("SELECT 1 FROM " + references.quoted(table) + " LIMIT 1")) {
                return rows.next();
            }
        }

        private List<NotFilled> commit(List<Table> filled) throws SQLException {
            try {
                connection.commit();
                references.forgetPromises();
                return List.of();
            } catch (SQLException refusal) {
                connection.rollback();
                references.forgetPromises();
                return filled.stream()
                        .map(table -> new NotFilled(
                                table.id(),
                                Violation.of(refusal, table).title(),
                                String.valueOf(refusal.getMessage())))
                        .toList();
            }
        }

        private void execute(String sql) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }

        @Override
        public void close() throws SQLException {
            connection.rollback();
        }
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private boolean isSqlite() {
        return dialect.name().equals("sqlite");
    }
}
