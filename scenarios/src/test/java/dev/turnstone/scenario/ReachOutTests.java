package dev.turnstone.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.turnstone.boundary.OutsideChangeRefusedException;
import dev.turnstone.boundary.ReachCase;
import dev.turnstone.database.Boundary;
import dev.turnstone.database.Isolation;
import dev.turnstone.database.TestDatabase;
import dev.turnstone.dialect.Dialects;
import dev.turnstone.scenario.cursor.HistoryDatabases;
import dev.turnstone.source.Format;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Histories that reach out, on a server that a URL names and that holds data, roles and databases of users. */
class ReachOutTests {

    private static final Path OUTSIDE_FILE = Path.of("/tmp/turnstone-reach-out");
    private static final List<String> ROLES = List.of("reach_super", "reach_creator", "reach_plain");

    /** For each role of a URL, whether its runs have a role without rights. It is the same for all rows. */
    private static final Map<String, Boolean> WITHOUT_RIGHTS = new HashMap<>();

    private static ScenarioBench own;
    private static TestDatabase server;
    private static String authority;
    private static List<String> before;
    private static Connection users;
    private static Map<String, ScenarioBench> named;

    @TempDir
    private Path directory = Path.of("");

    @BeforeAll
    static void makeUsersData() throws SQLException {
        own = new ScenarioBench();
        server = own.databases().create(Dialects.named("postgresql"), Isolation.DATABASE);
        try (Connection connection = server.dataSource().getConnection()) {
            String url = connection.getMetaData().getURL().replaceFirst("\\?.*", "");
            authority = url.substring(url.indexOf("//") + 2, url.lastIndexOf('/'));
        }
        execute(
                "postgres",
                "CREATE ROLE reach_super SUPERUSER LOGIN",
                "CREATE ROLE reach_creator CREATEDB LOGIN",
                "CREATE ROLE reach_plain LOGIN",
                "CREATE ROLE bystander LOGIN PASSWORD 'secret'",
                "GRANT bystander TO reach_creator",
                "CREATE DATABASE bystander",
                "CREATE DATABASE reach_shop");
        execute(
                "reach_shop",
                "CREATE SCHEMA billing",
                "GRANT ALL ON SCHEMA billing TO public",
                "CREATE TABLE billing.inv (n int PRIMARY KEY)",
                "CREATE TABLE public.users (n int)",
                "INSERT INTO billing.inv SELECT generate_series(1, 200)",
                "INSERT INTO public.users SELECT generate_series(1, 50)",
                "CREATE SEQUENCE billing.seq",
                "GRANT ALL ON ALL TABLES IN SCHEMA billing, public TO public",
                "GRANT ALL ON ALL SEQUENCES IN SCHEMA billing TO public",
                "GRANT CREATE ON DATABASE reach_shop TO reach_plain, reach_creator",
                "SELECT lo_create(4242)");
        named = new HashMap<>();
        for (String role : ROLES) {
            named.put(
                    role,
                    new ScenarioBench(Map.of(
                            "turnstone.postgres.url", "postgresql://" + role + "@" + authority + "/reach_shop")));
        }
        users = connect("reach_shop");
        before = fingerprint();
    }

    @AfterAll
    static void dropUsersData() throws SQLException {
        named.values().forEach(ScenarioBench::close);
        users.close();
        execute("postgres", "DROP DATABASE reach_shop", "DROP DATABASE bystander");
        for (String role : ROLES) {
            execute("postgres", "DROP ROLE " + role);
        }
        execute("postgres", "DROP ROLE bystander");
        server.close();
        own.close();
    }

    @AfterEach
    void usersDataIsAsItWas() throws SQLException {
        assertThat(fingerprint()).isEqualTo(before);
        assertThat(OUTSIDE_FILE).doesNotExist();
    }

    static Stream<Arguments> reachingOut() {
        return ReachCase.in("reach-out.sql").stream()
                .flatMap(row -> ROLES.stream().map(role -> Arguments.of(row, role)));
    }

    static Stream<Arguments> ordinary() {
        return ReachCase.in("ordinary.sql").stream()
                .flatMap(row -> ROLES.stream().map(role -> Arguments.of(row, role)));
    }

    /** What is refused before anything runs on each kind of server. */
    private static Set<String> refused(Boundary boundary) {
        return switch (boundary) {
            case SCHEMA_ONLY -> Set.of("DATABASE", "DYNAMIC", "UNPROVEN", "CLUSTER", "HOST");
            case OWN_DATABASE -> Set.of("UNPROVEN", "CLUSTER", "HOST");
            case OWN_ROLE -> Set.of("CLUSTER", "HOST");
            default -> throw new IllegalArgumentException(boundary.name());
        };
    }

    private static Boundary boundary(String role) {
        return switch (role) {
            case "reach_super" -> Boundary.OWN_ROLE;
            case "reach_creator" -> Boundary.OWN_DATABASE;
            default -> Boundary.SCHEMA_ONLY;
        };
    }

    @ParameterizedTest(name = "{1}: {0}")
    @MethodSource("reachingOut")
    void usersDataStaysAsItIs(ReachCase row, String role) throws SQLException {
        ScenarioContext context = context(row.sql(), role);

        if (refused(boundary(role)).contains(row.reach())) {
            assertThatThrownBy(() -> run(context))
                    .isInstanceOfSatisfying(OutsideChangeRefusedException.class, refusal -> {
                        assertThat(refusal.boundary()).isEqualTo(boundary(role));
                        assertThat(refusal.kind()).isEqualTo("outside-change-refused");
                        assertThat(refusal.refused()).isNotEmpty();
                    })
                    .hasMessageContaining("000001_step.up.sql:");
        } else if (!row.reach().equals("UNPROVEN") || runsWithoutRights(role, context)) {
            run(context); // in a database of its own, in which nothing of the users is
        }
    }

    /** Returns whether the server itself enforces the boundary, because the run has a role of its own. */
    private static boolean runsWithoutRights(String role, ScenarioContext context) throws SQLException {
        Boolean known = WITHOUT_RIGHTS.get(role);
        if (known == null) {
            known = runsWithoutRights(context);
            WITHOUT_RIGHTS.put(role, known);
        }
        return known;
    }

    private static boolean runsWithoutRights(ScenarioContext context) throws SQLException {
        try (TestDatabase database = context.databases().create(context.dialect(), Isolation.DATABASE);
                Connection connection = database.dataSource().getConnection()) {
            return query(connection, "SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user")
                    .equals(List.of("f"));
        }
    }

    @ParameterizedTest(name = "{1}: {0}")
    @MethodSource("ordinary")
    void ordinaryHistoriesAreRefusedOnlyWhereProofIsNeeded(ReachCase row, String role) {
        Throwable refusal = catchThrowable(() -> new HistoryDatabases(context(row.sql(), role)).requireAllowed());

        if (refused(boundary(role)).contains(row.reach())) {
            assertThat(refusal).isInstanceOf(OutsideChangeRefusedException.class);
        } else {
            assertThat(refusal).isNull();
        }
    }

    @Test
    void aRefusalNamesTheStatementTheReasonAndTheOption() {
        ScenarioContext context = context("CREATE TABLE t (id int);\n\nDROP ROLE\n  bystander;", "reach_super");

        assertThatThrownBy(() -> run(context))
                .hasMessageContaining("000001_step.up.sql:3:1  DROP ROLE\n")
                .hasMessageContaining("changes the server outside its database (DROP ROLE BYSTANDER)")
                .hasMessageContaining("No database was made.")
                .hasMessageContaining("--allow-cluster-changes")
                .hasMessageContaining("turnstone.postgres.source=embedded");
    }

    @Test
    void aRefusalInASchemaNamesTheMissingRight() {
        assertThatThrownBy(() -> run(context("DELETE FROM billing.inv;", "reach_plain")))
                .hasMessageContaining("reaches beyond its schema (billing.inv)")
                .hasMessageContaining("CREATEDB");
    }

    @Test
    void whatComesBeforeTheHistoryIsReadAsWell() {
        ScenarioContext plain = context("CREATE TABLE t (id int);", "reach_super");
        ScenarioOptions options = new ScenarioOptions(
                null,
                null,
                dialect -> new dev.turnstone.operation.SqlText(
                        "DROP ROLE bystander", new dev.turnstone.operation.Location("before.sql", 1, 1)),
                ScenarioOptions.IdempotentBodies.BY_FORMAT);

        assertThatThrownBy(new HistoryDatabases(
                        new ScenarioContext(plain.tool(), plain.dialect(), plain.databases(), options))::create)
                .isInstanceOf(OutsideChangeRefusedException.class)
                .hasMessageContaining("before.sql:1:1");
    }

    @Test
    void ourOwnServerMayHaveRolesButNoFilesOfItsHost() {
        run(own, "CREATE ROLE reach_app; GRANT reach_app TO CURRENT_USER;");

        assertThatThrownBy(() -> run(own, "COPY (SELECT 1) TO PROGRAM 'touch " + OUTSIDE_FILE + "';"))
                .isInstanceOf(OutsideChangeRefusedException.class)
                .hasMessageContaining("docker");
    }

    @Test
    void aGuardedRoleIsDroppedWithItsDatabase() throws SQLException {
        String guarded = "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'reach_guarded') THEN"
                + " EXECUTE 'CREATE ROLE ' || quote_ident('reach_guarded'); CREATE ROLE reach_other; END IF; END $$;";
        run(own, guarded.replace("quote_ident('reach_guarded')", "'reach_guarded'"));
        run(own, guarded.replace("quote_ident('reach_guarded')", "'reach_guarded'"));

        try (Connection connection = connect("postgres")) {
            assertThat(query(connection, "SELECT rolname FROM pg_roles WHERE rolname LIKE 'reach\\_guarded'"))
                    .isEmpty();
            assertThat(query(connection, "SELECT rolname FROM pg_roles WHERE rolname = 'reach_other'"))
                    .isEmpty();
        }
    }

    @Test
    void thoseWhoOwnTheServerMayAllowIt() {
        try (ScenarioBench allowed = new ScenarioBench(Map.of(
                "turnstone.postgres.url",
                "postgresql://reach_super@" + authority + "/reach_shop",
                "turnstone.allow-cluster-changes",
                "true"))) {
            run(allowed, "CREATE ROLE reach_allowed;");
        }
    }

    @ParameterizedTest
    @CsvSource({"fresh-install, up-fails, 0", "up-down-up, up-again-fails, 1", "idempotent-rerun, rerun-fails, 1"})
    void aRefusedRightHasItsRemedyInEachFinding(String scenario, String findingClass, int tablesBefore) {
        String up = "DO $$ BEGIN IF (SELECT count(*) FROM pg_tables"
                + " WHERE tablename = 'first') = " + tablesBefore
                + " THEN EXECUTE reverse('desufer_hcaer ELOR ETAERC'); END IF; END $$;\n"
                + "CREATE TABLE IF NOT EXISTS first (id int);\nCREATE TABLE IF NOT EXISTS second (id int);";

        List<Outcome> outcomes =
                Objects.requireNonNull(named.get("reach_super")).outcomes(scenario, context(up, "reach_super"));

        assertThat(outcomes)
                .flatMap(Outcome::findings)
                .filteredOn(finding -> finding.findingClass().label().equals(findingClass))
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding.remedy()).contains("turnstone.allow-cluster-changes=true"));
    }

    private ScenarioContext context(String up, String role) {
        return context(Objects.requireNonNull(named.get(role)), up);
    }

    private ScenarioContext context(ScenarioBench bench, String up) {
        return bench.context(
                new History(Map.of("1 up", up, "1 down", "SELECT 1;")).load(Format.GOLANG_MIGRATE, directory),
                "postgresql",
                ScenarioOptions.DEFAULT);
    }

    private void run(ScenarioBench bench, String up) {
        run(context(bench, up));
    }

    private static void run(ScenarioContext context) {
        try (ScenarioRun run = Scenario.named("fresh-install").orElseThrow().on(context)) {
            run.checks().forEach(Check::run);
        }
    }

    private static Connection connect(String database) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://" + authority + "/" + database, "postgres", "");
    }

    private static void execute(String database, String... statements) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static List<String> query(Connection connection, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.append(i == 1 ? "" : "|").append(result.getString(i));
                }
                rows.add(row.toString());
            }
        }
        return rows;
    }

    /** Rows, rights, roles, settings and databases, without what Turnstone makes and marks. */
    private static List<String> fingerprint() throws SQLException {
        List<String> all = new ArrayList<>();
        for (String sql : List.of(
                "SELECT 'inv', count(*), sum(n) FROM billing.inv",
                "SELECT 'users', count(*), sum(n) FROM public.users",
                "SELECT 'seq', last_value, is_called FROM billing.seq",
                "SELECT nspname, nspowner::regrole, nspacl FROM pg_namespace WHERE nspname !~ '^turnstone_' ORDER BY 1",
                "SELECT oid::regclass, relowner::regrole, relacl, reltuples >= -1 FROM pg_class"
                        + " WHERE relnamespace IN ('billing'::regnamespace, 'public'::regnamespace) ORDER BY 1::text",
                "SELECT defaclrole::regrole, defaclnamespace, defaclacl FROM pg_default_acl ORDER BY 1",
                "SELECT count(*) FROM pg_largeobject_metadata",
                "SELECT count(*), md5(string_agg(description, ',' ORDER BY description)) FROM pg_description",
                "SELECT oid, a.* FROM pg_authid a WHERE rolname !~ '^turnstone_' ORDER BY rolname",
                "SELECT roleid::regrole, member::regrole FROM pg_auth_members WHERE member::regrole::text !~"
                        + " 'turnstone_' AND roleid::regrole::text !~ 'turnstone_' ORDER BY 1, 2",
                "SELECT * FROM pg_db_role_setting s WHERE NOT EXISTS (SELECT FROM pg_database d WHERE d.oid ="
                        + " s.setdatabase AND datname ~ '^turnstone_') ORDER BY setdatabase, setrole",
                "SELECT datname, datdba::regrole, datacl, datallowconn FROM pg_database WHERE datname !~"
                        + " '^turnstone_' ORDER BY 1",
                "SELECT objoid::regrole, description FROM pg_shdescription WHERE classoid = 'pg_authid'::regclass AND"
                        + " objoid::regrole::text !~ '^turnstone_' ORDER BY 1",
                "SELECT spcname FROM pg_tablespace ORDER BY 1",
                "SELECT slot_name FROM pg_replication_slots",
                "SELECT subname FROM pg_subscription",
                "SELECT name, setting FROM pg_file_settings ORDER BY seqno")) {
            all.addAll(query(users, sql));
        }
        return all;
    }
}
