package dev.turnstone.rows;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.Scope;
import dev.turnstone.schema.Column;
import dev.turnstone.schema.ForeignKey;
import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.Schema;
import dev.turnstone.schema.Table;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
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
    private final Map<String, List<String>> hints;
    private int counter;

    /**
     * Creates a generator for one database.
     *
     * @param scope the schema whose tables are unqualified in the model
     * @param seed the seed of the random generator
     */
    public RowGenerator(Dialect dialect, Scope scope, long seed) {
        this(dialect, scope, seed, Map.of());
    }

    /**
     * Creates a generator with preferred texts, such as those with which a statement compares columns.
     *
     * @param scope the schema whose tables are unqualified in the model
     * @param seed the seed of the random generator
     * @param hints preferred texts by column name, for columns with that name in any table
     */
    public RowGenerator(Dialect dialect, Scope scope, long seed, Map<String, List<String>> hints) {
        this.hints = Map.copyOf(hints);
        this.dialect = dialect;
        this.schemaName = scope.schema();
        this.random = new Random(seed);
    }

    /**
     * Inserts rows into tables, referenced tables first, and commits.
     *
     * @param connection a connection in autocommit mode, in which it is left
     * @param schema the whole schema, for types and the targets of foreign keys
     * @param tables the tables of the schema to fill; foreign tables and the like are skipped
     * @param given values for the rows by table, which replace rows of the style
     * @return the tables among them that are empty afterwards
     * @throws SQLException when the connection fails, but not when the database refuses a row
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
        try (Session session = new Session(connection, schema, style, given, true)) {
            return session.fill(tables);
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /**
     * Generates rows for tables in a transaction that is rolled back.
     *
     * @param connection a connection in autocommit mode, in which it is left
     * @param schema the whole schema
     * @param tables the tables to generate rows for
     * @return the rows by table, for {@link #fill}, including rows that existed before
     * @throws SQLException when the connection fails
     */
    public Map<ObjectId, List<Map<String, @Nullable Object>>> sample(
            Connection connection, Schema schema, Collection<Table> tables, Style style) throws SQLException {
        counter = Math.max(counter, style.firstNumber());
        connection.setAutoCommit(false);
        try (Session session = new Session(connection, schema, style, Map.of(), false)) {
            session.fill(tables);
            return session.rows(tables);
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /** Returns the current rows by table, for {@link #fill}, without empty tables. */
    public Map<ObjectId, List<Map<String, @Nullable Object>>> read(
            Connection connection, Schema schema, Collection<Table> tables) throws SQLException {
        connection.setAutoCommit(false);
        try (Session session = new Session(connection, schema, Style.PLAIN, Map.of(), false)) {
            Map<ObjectId, List<Map<String, @Nullable Object>>> rows = session.rows(tables);
            rows.values().removeIf(List::isEmpty);
            return rows;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /**
     * Deletes all rows of tables, and resets their counters.
     *
     * @param connection a connection in autocommit mode, in which it is left
     * @throws SQLException when the database refuses it, for example by a trigger; some rows may then be deleted
     */
    public void clear(Connection connection, Schema schema, Collection<Table> tables) throws SQLException {
        References names = new References(connection, dialect, schema, schemaName);
        List<String> targets = tables.stream()
                .filter(RowGenerator::takesRows)
                .map(names::quoted)
                .toList();
        if (targets.isEmpty()) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            if (dialect.hasTruncate()) {
                statement.execute("TRUNCATE " + String.join(", ", targets) + " RESTART IDENTITY CASCADE");
                return;
            }
            statement.execute("PRAGMA foreign_keys = OFF");
            try {
                // A trigger may insert rows into a table that was emptied before.
                for (int round = 0; round < 2; round++) {
                    for (String target : targets) {
                        statement.execute("DELETE FROM " + target);
                    }
                }
            } finally {
                statement.execute("PRAGMA foreign_keys = ON");
            }
        }
    }

    /**
     * Advances the sequences of tables past the numbers in their rows, as in a database that an application filled.
     *
     * @param connection a connection in autocommit mode, in which it is left
     * @throws SQLException when the connection fails
     */
    public void countOn(Connection connection, Schema schema, Collection<Table> tables) throws SQLException {
        connection.setAutoCommit(false);
        try (Session session = new Session(connection, schema, Style.PLAIN, Map.of(), true)) {
            for (Table table : tables) {
                session.countOn(table, true);
            }
            connection.commit();
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /** Returns whether rows can be inserted into a table itself: it is neither a foreign table nor a shadow of another table. */
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
        private final boolean keeps;

        Session(
                Connection connection,
                Schema schema,
                Style style,
                Map<ObjectId, List<Map<String, @Nullable Object>>> given,
                boolean keeps) {
            this.connection = connection;
            this.schema = schema;
            this.style = style;
            this.given = given;
            this.keeps = keeps;
            references = new References(connection, dialect, schema, schemaName);
            types = dialect.hasDynamicTypes()
                    ? new SqliteSamples(style != Style.EQUAL)
                    : new PostgresSamples(schema, style != Style.EQUAL);
            deferrable = dialect.hasSetConstraints()
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

        /** Returns a table whose foreign keys can all be satisfied now; else one whose NOT NULL foreign keys can be. */
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
                    .allMatch(c ->
                            table.column(c).filter(column -> !column.nullable()).isPresent());
        }

        private void begin(boolean promising) throws SQLException {
            if (!dialect.hasSetConstraints()) {
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
                        ColumnChoice.of(table, schema, types, dialect.hasDynamicTypes()).stream()
                                .map(choice -> choice.hinted(
                                        hints.getOrDefault(choice.column().name(), List.of())))
                                .toList(),
                        references,
                        insertion,
                        types,
                        random,
                        () -> ++counter,
                        promising);
                List<Map<String, @Nullable Object>> wanted = new ArrayList<>(references.takePromised(table));
                wanted.addAll(given.getOrDefault(table.id(), List.of()));
                int taken = wanted.isEmpty() ? filling.fill(style) : filling.fillWith(wanted, style);
                Violation violation = filling.lastViolation();
                if (taken > 0) {
                    countOn(table, !wanted.isEmpty() || style == Style.EQUAL);
                    return Optional.empty();
                }
                return hasRows(table) || violation == null
                        ? Optional.empty()
                        : Optional.of(new NotFilled(table.id(), violation.title(), violation.words()));
            }
        }

        /** Advances the sequences of a table past the numbers in its rows. */
        private void countOn(Table table, boolean numbersGiven) throws SQLException {
            if (dialect.hasRowIds() || !numbersGiven) {
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

        Map<ObjectId, List<Map<String, @Nullable Object>>> rows(Collection<Table> tables) throws SQLException {
            Map<ObjectId, List<Map<String, @Nullable Object>>> rows = new LinkedHashMap<>();
            for (Table table : tables) {
                if (takesRows(table)) {
                    rows.put(table.id(), rows(table));
                }
            }
            return rows;
        }

        private List<Map<String, @Nullable Object>> rows(Table table) throws SQLException {
            List<String> columns = ColumnChoice.of(table, schema, types, dialect.hasDynamicTypes()).stream()
                    .map(choice -> choice.column().name())
                    .toList();
            List<Map<String, @Nullable Object>> found = new ArrayList<>();
            if (columns.isEmpty()) {
                return found;
            }
            String sql = columns.stream()
                            .map(column -> dialect.insertableValue(dialect.quote(column)))
                            .collect(Collectors.joining(", ", "SELECT ", " FROM "))
                    + references.quoted(table);
            try (Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery(sql)) {
                while (result.next()) {
                    Map<String, @Nullable Object> row = new LinkedHashMap<>();
                    for (int i = 0; i < columns.size(); i++) {
                        row.put(columns.get(i), result.getObject(i + 1));
                    }
                    found.add(row);
                }
            }
            return found;
        }

        private boolean hasRows(Table table) throws SQLException {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT 1 FROM " + references.quoted(table) + " LIMIT 1")) {
                return rows.next();
            }
        }

        private List<NotFilled> commit(List<Table> filled) throws SQLException {
            try {
                if (keeps) {
                    connection.commit();
                }
                references.forgetPromises();
                return List.of();
            } catch (SQLException refusal) {
                connection.rollback();
                references.forgetPromises();
                return filled.stream()
                        .map(table -> new NotFilled(
                                table.id(), Violation.of(refusal, table).title(), String.valueOf(refusal.getMessage())))
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
}
