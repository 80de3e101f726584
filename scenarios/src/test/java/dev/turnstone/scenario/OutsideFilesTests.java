package dev.turnstone.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.boundary.OutsideFileRefusedException;
import dev.turnstone.error.TurnstoneException;
import dev.turnstone.operation.Migration;
import dev.turnstone.operation.Operations;
import dev.turnstone.operation.RevisionHeader;
import dev.turnstone.operation.SqlText;
import dev.turnstone.source.ClassSource;
import dev.turnstone.source.Format;
import dev.turnstone.source.Scripts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Histories that reach for files of the user on SQLite, each with the proof that nothing of his has changed. */
class OutsideFilesTests {

    private static final String HISTORY = """
            # 1 up
            CREATE TABLE readers (id integer PRIMARY KEY, name text);
            # 1 down
            DROP TABLE readers;
            # 2 up
            CREATE TABLE loans (id integer PRIMARY KEY);
            # 2 down
            DROP TABLE loans;
            """;

    private static int checked;

    /** Where the user's files are, for revisions that are classes. */
    private static Path user = Path.of("");

    @TempDir
    private Path directory = Path.of("");

    private final ScenarioBench bench = new ScenarioBench();
    private Map<String, String> before = Map.of();

    @BeforeEach
    void makeTheUsersFiles() throws Exception {
        user = Files.createDirectory(directory.resolve("user"));
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + user.resolve("user.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE precious (id integer PRIMARY KEY, note text)");
            statement.execute("INSERT INTO precious (note) VALUES ('kept'), ('too')");
        }
        Files.writeString(user.resolve("note.txt"), "a note");
        before = contents();
    }

    @AfterEach
    void dropAll() {
        bench.close();
    }

    @AfterAll
    static void countTheCases() {
        System.out.println("OutsideFilesTests: " + checked + " ways checked");
        assertThat(checked).isPositive();
    }

    private static Map<String, String> contents() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(user)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                contents.put(
                        user.relativize(file).toString(),
                        Arrays.hashCode(Files.readAllBytes(file)) + " "
                                + Files.readAttributes(file, BasicFileAttributes.class)
                                        .lastModifiedTime());
            }
        }
        return contents;
    }

    private static Map<String, String> workingDirectory() throws IOException {
        Map<String, String> names = new TreeMap<>();
        try (Stream<Path> files = Files.list(Path.of(""))) {
            files.forEach(file -> names.put(file.toString(), ""));
        }
        return names;
    }

    /** What a history or a file beside it says; {@code $} is the directory of the user's files. */
    static Stream<Arguments> statements() {
        String attach = "ATTACH DATABASE '$/user.db' AS u; DROP TABLE u.precious;";
        return Stream.of(
                way("up", attach),
                way("down", attach),
                way("no transaction", attach),
                way("autocommit", attach),
                way("before", attach),
                way("baseline", attach),
                way("seed", attach),
                way("up", "ATTACH '$/new.db' AS u; CREATE TABLE u.t (id int);"),
                way("up", "attach\n/* a comment */ database \"$/user.db\" as u;"),
                way("up", "ATTACH [$/user.db] AS u;"),
                way("up", "ATTACH `$/user.db` u;"),
                way("up", "ATTACH 'file:$/user.db?mode=rwc' AS u; DELETE FROM u.precious;"),
                way("up", "ATTACH 'file:$/user.db?mode=memory&mode=rwc' AS u; DELETE FROM u.precious;"),
                way("up", "ATTACH '$/' || 'user.db' AS u; DELETE FROM u.precious;"),
                way("up", "ATTACH (SELECT '$/user.db') AS u; DELETE FROM u.precious;"),
                way("up", "ATTACH concat('$', '/user.db') AS u; DELETE FROM u.precious;"),
                way("up", "ATTACH CAST(x'2f746d702f6e6577' AS text) AS u;"),
                way("up", "ATTACH 'turnstone-outside-files.db' AS u; CREATE TABLE u.t (id int);"),
                way("up", "ATTACH x AS u;"),
                way("no transaction", "VACUUM INTO '$/copy.db';"),
                way("no transaction", "VACUUM main INTO '$/copy.db';"),
                way("no transaction", "VACUUM INTO (SELECT '$' || '/copy.db');"),
                way("autocommit", "VACUUM INTO 'file:$/copy.db';"),
                way("up", "backup to '$/copy.db';"),
                way("up", "BACKUP main TO \"$/copy.db\";"),
                way("no transaction", "restore from '$/user.db';"),
                way("up", "PRAGMA temp_store_directory = '$';"),
                way("up", "PRAGMA main.temp_store_directory('$');"),
                way("up", "PRAGMA data_store_directory = '$';"),
                way("up", "PRAGMA hard_heap_limit = 1000000;"),
                way("up", "SELECT load_extension('$/library');"),
                way("up", "WITH l AS (SELECT \"load_extension\"('$/library') AS x) SELECT x FROM l;"),
                way("up", """
                                CREATE TRIGGER loading AFTER INSERT ON readers BEGIN
                                    SELECT load_extension('$/library');
                                END;
                                INSERT INTO readers VALUES (1, 'a');"""));
    }

    private static Arguments way(String place, String sql) {
        return Arguments.of(place, sql);
    }

    @ParameterizedTest
    @MethodSource("statements")
    void nothingOfTheUserIsTouchedAndNothingRuns(String place, String sql) throws Exception {
        checked++;
        Map<String, String> here = workingDirectory();
        String text = sql.replace("$", user.toString());
        List<String> told = new ArrayList<>();
        for (Scenario scenario : Scenario.all()) {
            if (!scenario.spansDialects() && runs(scenario, place)) {
                told.addAll(refusals(scenario, place, text));
                assertThat(contents()).as("%s", scenario.name()).isEqualTo(before);
            }
        }
        assertThat(told).isNotEmpty().allSatisfy(message -> assertThat(message)
                .contains("no option allows it".substring(3), "no file but its own", "To test the history"));
        assertThat(workingDirectory()).isEqualTo(here);
    }

    private static boolean runs(Scenario scenario, String place) {
        return switch (place) {
            case "baseline" -> scenario.name().equals("stamp-then-noop");
            case "seed" -> scenario.name().equals("rows");
            default -> !List.of("policies", "locks", "concurrent-start").contains(scenario.name());
        };
    }

    /** What the scenario answers, as a refusal or a finding. */
    private List<String> refusals(Scenario scenario, String place, String text) {
        History history = History.of(HISTORY);
        ScenarioOptions options = ScenarioOptions.DEFAULT;
        switch (place) {
            case "up" -> history = history.with("# 2 up\n" + text);
            case "down" -> history = history.with("# 2 down\n" + text);
            case "no transaction" -> history = withoutTransaction(text);
            case "autocommit" ->
                history = history.with("# 2 up\n-- autocommit\n" + text + "\n-- end\nCREATE TABLE loans (id int);");
            case "before" -> options = options(null, text);
            case "baseline" -> options = options(text, null);
            default -> options = options.with(RowOptions.DEFAULT.with(OwnRows.ofSql("000002", text)));
        }
        ScenarioContext context =
                bench.context(history.load(Format.TURNSTONE, directory.resolve(scenario.name())), "sqlite", options);
        try {
            return bench.outcomes(scenario.name(), context).stream()
                    .flatMap(outcome -> outcome.findings().stream())
                    .map(Finding::message)
                    .filter(message -> message.contains("Turnstone refused"))
                    .toList();
        } catch (OutsideFileRefusedException e) {
            assertThat(e.kind()).isEqualTo("outside-file-refused");
            assertThat(e.statement().location().line()).isPositive();
            return List.of(String.valueOf(e.getMessage()));
        } catch (TurnstoneException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    private static History withoutTransaction(String up) {
        return History.of("# 2 header\n-- no transaction")
                .with(History.of(HISTORY))
                .with("# 2 up\n" + up);
    }

    private static ScenarioOptions options(@Nullable String baseline, @Nullable String first) {
        return new ScenarioOptions(
                baseline == null ? null : dialect -> new SqlText(baseline, place("baseline.sql")),
                null,
                first == null ? null : dialect -> new SqlText(first, place("before.sql")),
                ScenarioOptions.IdempotentBodies.BY_FORMAT);
    }

    private static dev.turnstone.operation.Location place(String file) {
        return new dev.turnstone.operation.Location(file, 1, 1);
    }

    /** What a class does with the connection that it gets. */
    enum Reaching {
        TEXT {
            @Override
            void on(Connection connection) throws SQLException {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("ATTACH '" + user + "/user.db' AS u");
                    statement.execute("DROP TABLE u.precious");
                }
            }
        },
        UPDATE_OF_SEVERAL {
            @Override
            void on(Connection connection) throws SQLException {
                try (Statement statement = connection.createStatement()) {
                    statement.executeUpdate("SELECT 1; ATTACH '" + user + "/new.db' AS u; CREATE TABLE u.t (id int)");
                }
            }
        },
        BATCH {
            @Override
            void on(Connection connection) throws SQLException {
                try (Statement statement = connection.createStatement()) {
                    statement.addBatch("SELECT 1");
                    statement.addBatch("ATTACH '" + user + "/new.db' AS u");
                    statement.executeBatch();
                }
            }
        },
        PARAMETER {
            @Override
            void on(Connection connection) throws SQLException {
                try (PreparedStatement statement = connection.prepareStatement("ATTACH ? AS u")) {
                    statement.setString(1, user + "/user.db");
                    statement.execute();
                }
            }
        },
        PREPARED_VACUUM {
            @Override
            void on(Connection connection) throws SQLException {
                try (PreparedStatement statement = connection.prepareStatement("VACUUM INTO ?")) {
                    statement.setString(1, user + "/copy.db");
                    statement.execute();
                }
            }
        },
        BACKUP {
            @Override
            void on(Connection connection) throws SQLException {
                try (Statement statement = connection.createStatement()) {
                    statement.executeUpdate("backup to '" + user + "/copy.db'");
                }
            }
        },
        RESTORE {
            @Override
            void on(Connection connection) throws SQLException {
                try (Statement statement = connection.createStatement()) {
                    statement.executeUpdate("restore from " + user + "/user.db");
                }
            }
        },
        BY_WAY_OF_RESULT {
            @Override
            void on(Connection connection) throws SQLException {
                try (Statement statement = connection.createStatement();
                        ResultSet result = statement.executeQuery("SELECT 1")) {
                    try (Statement again = result.getStatement().getConnection().createStatement()) {
                        again.executeUpdate("backup to '" + user + "/copy.db'");
                    }
                }
            }
        },
        BY_WAY_OF_METADATA {
            @Override
            void on(Connection connection) throws SQLException {
                try (ResultSet tables = connection.getMetaData().getTables(null, null, "%", null)) {
                    tables.getStatement().execute("backup to '" + user + "/copy.db'");
                }
                try (Statement statement =
                        connection.getMetaData().getConnection().createStatement()) {
                    statement.executeUpdate("backup to '" + user + "/copy.db'");
                }
            }
        },
        DRIVERS_CLASS {
            @Override
            void on(Connection connection) throws SQLException {
                try (Statement statement =
                        connection.unwrap(org.sqlite.SQLiteConnection.class).createStatement()) {
                    statement.execute("ATTACH '" + user + "/user.db' AS u");
                    statement.execute("DROP TABLE u.precious");
                }
            }
        },
        LINK_IN_OUR_DIRECTORY {
            @Override
            void on(Connection connection) throws SQLException {
                try (Statement statement = connection.createStatement();
                        ResultSet databases = statement.executeQuery("PRAGMA database_list")) {
                    databases.next();
                    Path link = Path.of(databases.getString("file")).resolveSibling("link.db");
                    Files.deleteIfExists(link);
                    Files.createSymbolicLink(link, user.resolve("user.db"));
                    statement.execute("ATTACH '" + link + "' AS u");
                    statement.execute("DROP TABLE u.precious");
                } catch (IOException e) {
                    throw new SQLException(e);
                }
            }
        },
        OUT_OF_OUR_DIRECTORY {
            @Override
            void on(Connection connection) throws SQLException {
                try (Statement statement = connection.createStatement();
                        ResultSet databases = statement.executeQuery("PRAGMA database_list")) {
                    databases.next();
                    Path ours = Path.of(databases.getString("file")).resolveSibling("");
                    statement.execute("ATTACH '" + ours + "/.." + "/../" + user + "/user.db' AS u");
                    statement.execute("ATTACH '" + ours.toAbsolutePath() + "/../new.db' AS v");
                }
            }
        };

        abstract void on(Connection connection) throws SQLException;
    }

    private static Reaching reaching = Reaching.TEXT;

    /** A revision in Java. */
    @RevisionHeader(id = "a")
    public static final class Reaches implements Migration {
        @Override
        public void upgrade(Operations op) {
            op.execute("CREATE TABLE readers (id integer PRIMARY KEY)");
            op.withConnection(connection -> reaching.on(connection));
        }

        @Override
        public void downgrade(Operations op) {
            op.execute("DROP TABLE readers");
        }
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.EnumSource(Reaching.class)
    void aRevisionInJavaReachesNothingByItsConnection(Reaching way) throws Exception {
        checked++;
        reaching = way;
        Scripts scripts = Scripts.load(List.of(ClassSource.of(Reaches.class)));
        for (String scenario : List.of("fresh-install", "up-down-up", "idempotent-rerun", "rows", "crash")) {
            List<Outcome> outcomes =
                    bench.outcomes(scenario, bench.context(scripts, "sqlite", ScenarioOptions.DEFAULT));
            assertThat(outcomes.stream().flatMap(outcome -> outcome.findings().stream()))
                    .as("%s", scenario)
                    .anySatisfy(finding -> assertThat(finding.message())
                            .containsAnyOf("Turnstone refused this statement", "too many attached databases"));
            assertThat(contents()).as("%s", scenario).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ATTACH ':memory:' AS scratch; CREATE TABLE scratch.t (id int); DETACH scratch;",
                "ATTACH '' AS scratch; CREATE TABLE scratch.t (id int); DETACH scratch;",
                "ATTACH 'file::memory:' AS scratch; DETACH scratch;",
                "ATTACH 'file:scratch?mode=memory&cache=shared' AS scratch; DETACH scratch;",
                "VACUUM;",
                "VACUUM main;",
                "CREATE TEMP TABLE scratch (id int); DROP TABLE temp.scratch;",
                "PRAGMA foreign_keys = OFF; PRAGMA foreign_keys = ON;",
                "PRAGMA temp_store_directory;",
                "PRAGMA journal_mode = DELETE;",
                "CREATE TABLE attach (backup text, \"vacuum\" text); SELECT backup FROM attach; DROP TABLE attach;",
                "INSERT INTO readers VALUES (1, 'x; ATTACH DATABASE ''/tmp/u.db'' AS u'); DELETE FROM readers;",
                "-- ATTACH '/tmp/u.db' AS u\nSELECT 'backup to ''/tmp/u.db''';",
                "EXPLAIN ATTACH '/tmp/u.db' AS u;"
            })
    void whatStaysInsideRuns(String sql) {
        ScenarioContext context = bench.context(
                withoutTransaction(sql + "\nCREATE TABLE loans (id int);").load(Format.TURNSTONE, directory),
                "sqlite",
                ScenarioOptions.DEFAULT);
        for (String scenario : List.of("fresh-install", "stamp-then-noop", "up-down-up", "rows", "crash")) {
            assertThat(bench.findings(scenario, context)).as("%s", scenario).noneMatch(f -> f.contains("fails"));
        }
    }

    @Test
    void aFileInOurDirectoryCanBeAttached() {
        Scripts scripts = Scripts.load(List.of(ClassSource.of(AttachesOurs.class)));
        assertThat(bench.findings("up-down-up", bench.context(scripts, "sqlite", ScenarioOptions.DEFAULT)))
                .isEmpty();
    }

    /** A revision that works on a file beside its database. */
    @RevisionHeader(id = "a")
    public static final class AttachesOurs implements Migration {
        @Override
        public void upgrade(Operations op) {
            op.execute("CREATE TABLE readers (id integer PRIMARY KEY)");
            op.withConnection(connection -> {
                try (Statement statement = connection.createStatement();
                        ResultSet databases = statement.executeQuery("PRAGMA database_list")) {
                    databases.next();
                    String file = databases.getString("file") + ".beside";
                    if (!databases.next()) {
                        statement.execute("ATTACH '" + file + "' AS beside");
                    }
                    statement.execute("CREATE TABLE IF NOT EXISTS beside.t (id int)");
                }
            });
        }

        @Override
        public void downgrade(Operations op) {
            op.execute("DROP TABLE readers");
        }
    }
}
