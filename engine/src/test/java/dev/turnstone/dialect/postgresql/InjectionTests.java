package dev.turnstone.dialect.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.Dialects;
import dev.turnstone.dialect.postgresql.PostgresForTests.InSchema;
import dev.turnstone.error.TurnstoneException;
import dev.turnstone.operation.OneRevision;
import dev.turnstone.operation.Operation;
import dev.turnstone.operation.OperationRecords;
import dev.turnstone.schema.Schema;
import dev.turnstone.schema.SchemaDiff;
import dev.turnstone.testing.DatabaseForTests;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.Arguments;

/**
 * Fills every text in every operation with text that could end its clause: the operation works, or is refused by a
 * typed error.
 */
class InjectionTests {

    private static final List<String> NASTY = List.of(
            "\"; DROP TABLE victim; --",
            "'; DROP TABLE victim; --",
            "x'); DROP TABLE victim; --",
            "1); DROP TABLE victim; --",
            "1; DROP TABLE victim",
            "1 /* ",
            "1 */ ; DROP TABLE victim; /*",
            "\\'; DROP TABLE victim; --",
            "$$; DROP TABLE victim; $$",
            "END; DROP TABLE victim; BEGIN",
            "BEGIN SELECT 1; END; DROP TABLE victim",
            "]; DROP TABLE victim; --",
            "`; DROP TABLE victim; --",
            "x\n; DROP TABLE victim; --",
            "select",
            "two words",
            "größe 🐦",
            "?",
            "{fn now()}",
            "%s",
            "nul\0; DROP TABLE victim",
            "",
            " ",
            "ä".repeat(31) + "x",
            "ä".repeat(32));

    /** SQL that the author writes, and its place. */
    private static final Set<String> MEANT_AS_SQL = Set.of("Execute.sql.text", "Execute.sql.start.origin");

    /** A text in an operation: its path, and a function that replaces the text. */
    private record Place(String path, Function<String, Object> with) {}

    private static List<Place> places(String path, Object value) {
        List<Place> places = new ArrayList<>();
        if (value instanceof String) {
            places.add(new Place(path, text -> text));
        } else if (value instanceof Record) {
            RecordComponent[] components = value.getClass().getRecordComponents();
            for (int i = 0; i < components.length; i++) {
                int at = i;
                String name = path + "." + components[i].getName();
                Object part = part(value, components[i]);
                List<Place> within = part == null && components[i].getType() == String.class
                        ? List.of(new Place(name, text -> text))
                        : places(name, part);
                within.forEach(place -> places.add(new Place(
                        place.path(), text -> rebuilt(value, at, place.with().apply(text)))));
            }
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                int at = i;
                places(path, list.get(i))
                        .forEach(place -> places.add(new Place(place.path(), text -> {
                            List<Object> changed = new ArrayList<>(list);
                            changed.set(at, place.with().apply(text));
                            return changed;
                        })));
            }
        } else if (value instanceof SortedMap<?, ?> map) {
            map.forEach((key, part) -> places(path + "[" + key + "]", part)
                    .forEach(place -> places.add(new Place(place.path(), text -> {
                        SortedMap<Object, Object> changed = new TreeMap<>();
                        changed.putAll(map);
                        changed.put(key, place.with().apply(text));
                        return changed;
                    }))));
        }
        return places;
    }

    private static Object part(Object record, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object rebuilt(Object record, int changed, Object part) {
        RecordComponent[] components = record.getClass().getRecordComponents();
        Object[] parts = Arrays.stream(components).map(c -> part(record, c)).toArray();
        parts[changed] = part;
        try {
            Constructor<?> constructor = record.getClass()
                    .getDeclaredConstructor(Arrays.stream(components)
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(parts);
        } catch (java.lang.reflect.InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                throw refused;
            }
            throw new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Stream<Operation> of(Stream<Arguments> table) {
        return table.map(arguments -> (Operation) arguments.get()[0]);
    }

    private static final String[] VICTIM = {
        "CREATE TABLE victim (id INTEGER)", "INSERT INTO victim VALUES (1)",
    };

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The number of cases that worked, and that were refused. */
    private static final class Tally {
        private int worked;
        private int refused;
        private final Set<String> kinds = new TreeSet<>();
        private final Set<String> paths = new TreeSet<>();
    }

    /** Provides an empty database. */
    private interface Fresh {
        Connection connection() throws SQLException;
    }

    private static void tryAll(Collection<Operation> operations, Tally tally, Fresh fresh) throws SQLException {
        boolean used = true;
        Connection connection = null;
        Schema before = Schema.EMPTY;
        for (Operation operation : operations) {
            String kind = operation.getClass().getSimpleName();
            tally.kinds.add(kind);
            for (Place place : places(kind, operation)) {
                if (MEANT_AS_SQL.contains(place.path()) || !tally.paths.add(place.path())) {
                    continue;
                }
                for (String nasty : NASTY) {
                    if (used || connection == null) {
                        connection = fresh.connection();
                        OperationsOnBothTests.prepare(connection);
                        for (String sql : VICTIM) {
                            run(connection, sql);
                        }
                        before = before.isEmpty() ? schema(connection) : before;
                    }
                    String described = place.path() + " = " + nasty + " on "
                            + Dialects.of(connection).title();
                    used = worked(connection, place, nasty, described);
                    if (used) {
                        tally.worked++;
                    } else {
                        tally.refused++;
                        assertThat(connection.getAutoCommit()).isTrue();
                    }
                    assertThat(DatabaseForTests.strings(connection, "SELECT id FROM victim"))
                            .describedAs(described)
                            .containsExactly("1");
                }
                if (!used && connection != null) {
                    assertThat(SchemaDiff.between(before, schema(connection)).differences())
                            .describedAs("%s was refused, and nothing changed", place.path())
                            .isEmpty();
                }
            }
        }
    }

    private static Schema schema(Connection connection) throws SQLException {
        Dialect dialect = Dialects.of(connection);
        return dialect.read(connection, dialect.currentScope(connection));
    }

    private static boolean worked(Connection connection, Place place, String nasty, String described)
            throws SQLException {
        Operation operation;
        try {
            operation = (Operation) place.with().apply(nasty);
        } catch (IllegalArgumentException refusedByTheRecord) {
            return false;
        }
        try {
            OneRevision.run(connection, op -> op.run(operation));
            return true;
        } catch (TurnstoneException refused) {
            assertThat(refused.getMessage()).describedAs(described).isNotBlank();
            return false;
        } catch (RuntimeException e) {
            throw new AssertionError(described, e);
        }
    }

    private static void report(String title, Tally tally) {
        System.out.println("Injections on " + title + ": " + (tally.worked + tally.refused) + " checked in "
                + tally.paths.size() + " places of " + tally.kinds.size() + " operations, " + tally.worked
                + " worked, " + tally.refused + " refused");
        assertThat(tally.worked).isPositive();
        assertThat(tally.refused).isPositive();
    }

    @Test
    void noTextEndsItsClauseOnSqlite() throws SQLException {
        List<Operation> operations = Stream.<Stream<Operation>>of(
                        of(OperationsOnBothTests.operations()),
                        of(OperationsOnBothTests.operationsOfSqlite()),
                        of(OperationsOnBothTests.operationsWithoutReverse()))
                .flatMap(s -> s)
                .toList();
        Tally tally = new Tally();
        List<Connection> open = new ArrayList<>();
        try {
            tryAll(operations, tally, () -> {
                for (Connection connection : open) {
                    connection.close();
                }
                open.clear();
                open.add(DriverManager.getConnection("jdbc:sqlite::memory:"));
                return open.get(0);
            });
        } finally {
            for (Connection connection : open) {
                connection.close();
            }
        }
        report("SQLite", tally);
    }

    @Test
    void noTextEndsItsClauseOnPostgres() throws SQLException {
        List<Operation> operations = Stream.<Stream<Operation>>of(
                        of(OperationsOnBothTests.operations()),
                        of(OperationsOnBothTests.operationsOfPostgres()),
                        of(OperationsOnBothTests.operationsWithoutReverse()),
                        Stream.of(new Operation.AddEnumValue("feeling", "new", "fine")))
                .flatMap(s -> s)
                .toList();
        Tally tally = new Tally();
        try (InSchema in = new InSchema("injections")) {
            tryAll(operations, tally, () -> {
                in.run("SET client_min_messages TO warning; DROP SCHEMA " + in.quoted() + " CASCADE; CREATE SCHEMA "
                        + in.quoted());
                return in.connection;
            });
        }
        assertThat(tally.kinds).isEqualTo(OperationRecords.all());
        report("PostgreSQL", tally);
    }

    @Test
    void everyTextIsReplaced() {
        assertThat(places("RenameColumn", new Operation.RenameColumn("t", "a", "b")))
                .extracting(Place::path)
                .containsExactly("RenameColumn.table", "RenameColumn.column", "RenameColumn.to");
        assertThat(places(
                        "CreateTable",
                        of(OperationsOnBothTests.operations())
                                .filter(o -> o.toString().contains("all of it"))
                                .findFirst()
                                .orElseThrow()))
                .extracting(Place::path)
                .contains(
                        "CreateTable.table.name",
                        "CreateTable.table.columns.name",
                        "CreateTable.table.columns.type.spelling",
                        "CreateTable.table.columns.defaultExpression",
                        "CreateTable.table.columns.comment",
                        "CreateTable.table.checks.expression",
                        "CreateTable.table.foreignKeys.options[on delete]",
                        "CreateTable.table.indexes.keys.column");
    }
}
