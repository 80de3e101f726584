package dev.turnstone.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.dialect.Dialects;
import dev.turnstone.operation.Location;
import dev.turnstone.operation.SqlText;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementAnalysisTests {

    static List<ReachCase> reachingOut() {
        return ReachCase.in("reach-out.sql");
    }

    static List<ReachCase> ordinary() {
        return ReachCase.in("ordinary.sql");
    }

    @Test
    void theTablesAreAsLongAsPromised() {
        assertThat(reachingOut()).hasSizeGreaterThanOrEqualTo(60);
        assertThat(reachingOut().stream().filter(row -> row.title().contains(":")))
                .hasSizeGreaterThanOrEqualTo(reachingOut().size() * 2 / 5)
                .hasSizeGreaterThanOrEqualTo(30);
        assertThat(ordinary()).hasSizeGreaterThanOrEqualTo(40);
    }

    @ParameterizedTest
    @MethodSource({"reachingOut", "ordinary"})
    void theFarthestReachIsFound(ReachCase row) {
        Set<Reason> reasons = reasons(row.sql());

        assertThat(farthest(reasons)).as("%s: %s", row.title(), reasons).isEqualTo(row.reach());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1FROM billing.inv",
                "SET standard_conforming_strings = off",
                "SELECT ts_rewrite('a'::tsquery, 'SELECT t, s FROM billing.aliases')",
                "PREPARE p AS DELETE FROM billing.inv",
                "CREATE VIEW v AS SELECT 1 FROM a, billing.inv",
                "CREATE TABLE t (c billing.kind)",
                "SELECT CAST(x AS billing.kind) FROM a",
                "SELECT x::billing.kind FROM a",
                "SELECT billing.f(1)",
                "CALL billing.p()",
                "MERGE INTO billing.inv USING a ON a.x = inv.n WHEN MATCHED THEN DELETE",
                "WITH gone AS (DELETE FROM billing.inv RETURNING n) SELECT * FROM gone",
                "EXPLAIN ANALYZE DELETE FROM billing.inv",
                "SELECT 1 WHERE EXISTS (SELECT FROM a CROSS JOIN LATERAL (TABLE billing.inv) x)",
                "DELETE FROM a USING a b, billing.inv",
                "LOCK TABLE a, billing.inv",
                "ALTER SEQUENCE s OWNED BY billing.inv.n",
                "CREATE INDEX ON billing.inv (n)",
                "ALTER TABLE t ATTACH PARTITION billing.inv DEFAULT",
                "CREATE TABLE t (LIKE billing.inv)",
                "CREATE AGGREGATE g (int) (SFUNC = billing.f, STYPE = int)",
                "SELECT 1 OPERATOR(billing.+) 2",
                "SELECT * INTO billing.copy FROM a",
                "VACUUM",
                "SET \"role\" = postgres",
                "RESET \"session_authorization\"",
                "CREATE FUNCTION f() RETURNS int LANGUAGE sql SET role = postgres AS 'SELECT 1'",
                "WITH x AS (UPDATE ONLY pg_catalog.pg_database SET datallowconn = false) SELECT 1",
                "NOTIFY all_of_you",
                "PREPARE TRANSACTION 'x'",
                "COMMIT PREPARED 'x'",
                "ROLLBACK PREPARED 'x'",
                "CREATE FUNCTION quote_ident(int) RETURNS text LANGUAGE sql AS 'SELECT NULL'",
                "CREATE OR REPLACE FUNCTION format(text, int) RETURNS text LANGUAGE sql AS 'SELECT NULL'",
                "ALTER FUNCTION f(int) RENAME TO concat",
                "SET \"SEARCH_PATH\" = billing",
                "SET LOCAL \"Search_Path\" TO billing",
                "SET \"ROLE\" = postgres",
                "CREATE FUNCTION f() RETURNS void LANGUAGE sql SET \"SEARCH_PATH\" = billing AS 'DELETE FROM inv'",
                "SET \"Standard_Conforming_Strings\" = off",
                "CREATE AGGREGATE a (text, bool) (SFUNC = set_config, STYPE = text, INITCOND = 'search_path')",
                "CREATE AGGREGATE a (text, bool) (SFUNC = 'set_config', STYPE = text, INITCOND = 'search_path')",
                "CREATE OR REPLACE AGGREGATE a (text) (SFUNC = f, STYPE = regclass, FINALFUNC = pg_catalog.nextval)",
                "CREATE OPERATOR ### (FUNCTION = nextval, RIGHTARG = regclass)",
                "DO $$ BEGIN TRUNCATE loop, billing.inv; END $$",
                "DO $$ BEGIN TRUNCATE loop, a, billing.inv; END $$",
                "DO $$ DECLARE v text := 'SELECT 1'; BEGIN BEGIN RAISE 'x'; EXCEPTION WHEN others THEN GET STACKED DIAGNOSTICS v = MESSAGE_TEXT; END; EXECUTE v; END $$",
                "DO $$ DECLARE v text := 'SELECT 1'; BEGIN FOREACH v IN ARRAY ARRAY['DELETE FROM bil' || 'ling.inv'] LOOP NULL; END LOOP; EXECUTE v; END $$",
                "DO $$ DECLARE v text := 'SELECT 1'; a text; BEGIN FOR a, v IN SELECT 'x', 'DELETE FROM bil' || 'ling.inv' LOOP NULL; END LOOP; EXECUTE v; END $$",
                "DO $$ DECLARE v text := 'SELECT 1'; BEGIN SELECT 'SELECT 1' INTO v WHERE false UNION ALL SELECT 'DELETE FROM bil' || 'ling.inv'; EXECUTE v; END $$",
                "DO $$ DECLARE v text := 'SELECT 1'; BEGIN FOR v IN SELECT 'SELECT 1' FROM a UNION SELECT 'DELETE FROM bil' || 'ling.inv' LOOP NULL; END LOOP; EXECUTE v; END $$",
                "DO $$ DECLARE v text := 'SELECT 1'; BEGIN CALL p(v); EXECUTE v; END $$",
                "DO $$ DECLARE v text := 'SELECT 1'; w ALIAS FOR v; BEGIN w := 'DELETE FROM bil' || 'ling.inv'; EXECUTE v; END $$",
                "DO $$ DECLARE v text := 'SELECT 1'; c refcursor; BEGIN FETCH c INTO v; EXECUTE v; END $$",
                "DO $$ <<l>> DECLARE v text := 'SELECT 1'; BEGIN l.v := 'DELETE FROM bil' || 'ling.inv'; EXECUTE v; END $$",
                "DO $$ DECLARE r record; BEGIN FOR r IN SELECT 'SELECT 1' AS x FROM a LOOP r.x := 'DELETE FROM bil' || 'ling.inv'; EXECUTE r.x; END LOOP; END $$",
                "DO $$ DECLARE r record; BEGIN FOR r IN SELECT x, 'SELECT 1' AS x FROM a LOOP EXECUTE r.x; END LOOP; END $$",
                "DO $$ DECLARE r b; BEGIN SELECT 'SELECT 1' AS x INTO r; r := f(); EXECUTE r.x; END $$",
                "CREATE FUNCTION f(v text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN IF false THEN v := 'SELECT 1'; END IF;"
                        + " EXECUTE v; END $$",
            })
    void moreThatLeavesTheSchema(String sql) {
        assertThat(StatementAnalysis.of(sql).isInside()).as(sql).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE AGGREGATE g (int) (SFUNC = int4pl, STYPE = int, INITCOND = '0')",
                "SET \"Work_Mem\" = '4MB'",
                "DO $$ DECLARE v text := 'SELECT 1'; n int; BEGIN EXECUTE v; GET DIAGNOSTICS n = ROW_COUNT; END $$",
                "DO $$ DECLARE v text; BEGIN IF true THEN v := 'SELECT 1'; ELSE v := 'SELECT 2'; END IF; EXECUTE v; END $$",
                "DO $$ DECLARE r record; BEGIN FOR r IN SELECT 'SELECT 1' AS x, id AS y FROM a LOOP EXECUTE r.x; END LOOP;"
                        + " END $$",
                "CREATE FUNCTION f(a int) RETURNS void LANGUAGE plpgsql AS $$ DECLARE v text := 'SELECT 1';"
                        + " BEGIN EXECUTE v; END $$",
            })
    void variablesWithFixedTextsStayInside(String sql) {
        assertThat(StatementAnalysis.of(sql).reasons()).as(sql).isEmpty();
    }

    @Test
    void rolesAreFoundWhereverTheyAreCreated() {
        assertThat(StatementAnalysis.of("CREATE ROLE \"App\"").createdRoles()).containsExactly("App");
        assertThat(StatementAnalysis.of("CREATE/**/USER app WITH LOGIN").createdRoles())
                .containsExactly("app");
        assertThat(StatementAnalysis.of("CREATE USER MAPPING FOR app SERVER s").createdRoles())
                .isEmpty();
        assertThat(StatementAnalysis.of(
                                "DO $$ BEGIN IF true THEN CREATE ROLE a; END IF; EXECUTE 'CREATE GROUP ' || 'b';"
                                        + " EXECUTE format('CREATE ROLE %s', 'c'); END $$")
                        .createdRoles())
                .containsExactlyInAnyOrder("a", "b", "c");
        assertThat(StatementAnalysis.of("SELECT 'CREATE ROLE x' -- CREATE ROLE y")
                        .createdRoles())
                .isEmpty();
    }

    private static Set<Reason> reasons(String sql) {
        return Dialects.named("postgresql").split(new SqlText(sql, Location.of("case"))).stream()
                .map(statement -> StatementAnalysis.of(statement.text()))
                .map(StatementAnalysis::reasons)
                .flatMap(Collection::stream)
                .collect(Collectors.toSet());
    }

    private static String farthest(Set<Reason> reasons) {
        Stream<Reach> reaches = reasons.stream().map(Reason::reach);
        Optional<Reach> farthest = reaches.max(Comparator.comparing(
                reach -> Arrays.asList(Reach.DYNAMIC, Reach.DATABASE, Reach.UNPROVEN, Reach.CLUSTER, Reach.HOST)
                        .indexOf(reach)));
        return farthest.map(Enum::name).orElse("INSIDE");
    }
}
