package dev.turnstone.dialect.postgresql;

import static dev.turnstone.dialect.postgresql.Planted.planted;
import static dev.turnstone.dialect.postgresql.Planted.since;

import java.util.List;

/** Differences in triggers, rules, policies and privileges. */
final class PlantedInTriggers {

    private static final String TABLE = "CREATE TABLE t (a integer, b text, c numeric(8, 2));";
    private static final String FUNCTION = "CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT a';";
    private static final String TRIGGER_FUNCTION =
            "CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';" + TABLE;
    private static final String TRIGGER =
            TRIGGER_FUNCTION + "CREATE TRIGGER r BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION g();";

    private PlantedInTriggers() {}

    private static Planted trigger(String name, String definition, String expected) {
        return planted(
                "a trigger's " + name, TRIGGER, "DROP TRIGGER r ON t; " + definition, "~ trigger t.r: " + expected);
    }

    static List<Planted> triggers() {
        return List.of(
                planted(
                        "a trigger",
                        TRIGGER_FUNCTION,
                        "CREATE TRIGGER r AFTER DELETE ON t FOR EACH STATEMENT EXECUTE FUNCTION g()",
                        "+ trigger t.r (events delete, function g(), level statement, timing after)"),
                trigger(
                        "timing",
                        "CREATE TRIGGER r AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION g()",
                        "timing after, before before"),
                trigger(
                        "events",
                        "CREATE TRIGGER r BEFORE INSERT OR DELETE ON t FOR EACH ROW EXECUTE FUNCTION g()",
                        "events insert or delete, before insert"),
                trigger(
                        "columns",
                        "CREATE TRIGGER r BEFORE UPDATE OF a, b ON t FOR EACH ROW EXECUTE FUNCTION g()",
                        "columns a, b, before none; events update, before insert"),
                trigger(
                        "level",
                        "CREATE TRIGGER r BEFORE INSERT ON t FOR EACH STATEMENT EXECUTE FUNCTION g()",
                        "level statement, before row"),
                trigger(
                        "condition",
                        "CREATE TRIGGER r BEFORE INSERT ON t FOR EACH ROW WHEN (NEW.a > 3) EXECUTE FUNCTION g()",
                        "condition new.a > 3, before none"),
                trigger(
                        "arguments",
                        "CREATE TRIGGER r BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION g('x', 2)",
                        "function g('x', '2'), before g()"),
                trigger(
                        "transition tables",
                        "CREATE TRIGGER r AFTER INSERT ON t REFERENCING NEW TABLE AS n FOR EACH ROW EXECUTE FUNCTION g()",
                        "new table n, before none; timing after, before before"),
                trigger(
                        "constraint",
                        "CREATE CONSTRAINT TRIGGER r AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION g()",
                        "constraint yes, before none; deferrable initially deferred, before none; timing after, before before"),
                planted(
                        "a trigger's state",
                        TRIGGER,
                        "ALTER TABLE t DISABLE TRIGGER r",
                        "~ trigger t.r: state disabled, before none"),
                planted(
                        "a trigger's old rows",
                        "CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TABLE t (a integer); CREATE TRIGGER r AFTER DELETE ON t FOR EACH STATEMENT EXECUTE FUNCTION g()",
                        "DROP TRIGGER r ON t; CREATE TRIGGER r AFTER DELETE ON t REFERENCING OLD TABLE AS o FOR EACH STATEMENT EXECUTE FUNCTION g()",
                        "~ trigger t.r: old table o, before none"),
                planted(
                        "the referenced table of a constraint trigger",
                        "CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TABLE t (a integer); CREATE TABLE u (a integer); CREATE CONSTRAINT TRIGGER r AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION g()",
                        "DROP TRIGGER r ON t; CREATE CONSTRAINT TRIGGER r AFTER INSERT ON t FROM u FOR EACH ROW EXECUTE FUNCTION g()",
                        "~ trigger t.r: from u, before none"),
                since(
                        13,
                        "a trigger of a partition",
                        "CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TABLE p (a integer) PARTITION BY LIST (a); CREATE TABLE p1 (a integer); CREATE TRIGGER r AFTER INSERT ON p FOR EACH ROW EXECUTE FUNCTION g()",
                        "ALTER TABLE p ATTACH PARTITION p1 FOR VALUES IN (1)",
                        """
                        ~ table p1: partition of p FOR VALUES IN (1), before none
                        ~ column p1.a: inherited yes, before none
                        + trigger p1.r (events insert, function g(), inherited yes, level row, timing after)"""),
                planted(
                        "a constraint trigger's beginning deferred",
                        "CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TABLE t (a integer); CREATE CONSTRAINT TRIGGER r AFTER INSERT ON t DEFERRABLE FOR EACH ROW EXECUTE FUNCTION g()",
                        "DROP TRIGGER r ON t; CREATE CONSTRAINT TRIGGER r AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION g()",
                        "~ trigger t.r: deferrable initially deferred, before initially immediate"),
                planted(
                        "a comment on a trigger",
                        TRIGGER,
                        "COMMENT ON TRIGGER r ON t IS 'hello'",
                        "+ comment t.r (on trigger, text hello)"),
                planted(
                        "a rule",
                        TABLE,
                        "CREATE RULE q AS ON DELETE TO t DO INSTEAD NOTHING",
                        "+ rule t.q (definition CREATE RULE q AS ON DELETE TO t DO INSTEAD NOTHING;)"),
                planted(
                        "a rule's state",
                        TABLE + "CREATE RULE q AS ON DELETE TO t DO INSTEAD NOTHING",
                        "ALTER TABLE t DISABLE RULE q",
                        "~ rule t.q: state disabled, before none"),
                planted(
                        "a policy",
                        TABLE,
                        "CREATE POLICY o ON t USING (a > 1)",
                        "+ policy t.o (command all, using a > 1)"),
                planted(
                        "a policy's attributes",
                        TABLE + "CREATE POLICY o ON t USING (a > 1)",
                        "DROP POLICY o ON t; CREATE POLICY o ON t AS RESTRICTIVE FOR UPDATE TO pg_monitor USING (a > 1) WITH CHECK (a > 2)",
                        "~ policy t.o: check a > 2, before none; command update, before all; restrictive yes, before none; roles pg_monitor, before none"));
    }

    static List<Planted> access() {
        return List.of(
                planted(
                        "a grant on a table",
                        TABLE,
                        "GRANT SELECT, INSERT ON t TO PUBLIC",
                        "+ grant t (on table, public insert, select)"),
                planted(
                        "a grant to a role, to be passed on",
                        TABLE,
                        "GRANT SELECT ON t TO pg_monitor WITH GRANT OPTION",
                        "+ grant t (on table, pg_monitor select with grant option)"),
                planted(
                        "a grant on a column",
                        TABLE,
                        "GRANT SELECT (b) ON t TO PUBLIC",
                        "+ grant t.b (on column, public select)"),
                planted(
                        "a grant on a sequence",
                        "CREATE SEQUENCE s",
                        "GRANT USAGE ON SEQUENCE s TO PUBLIC",
                        "+ grant s (on sequence, public usage)"),
                planted(
                        "a grant on a view",
                        "CREATE VIEW v AS SELECT 1",
                        "GRANT SELECT ON v TO PUBLIC",
                        "+ grant v (on view, public select)"),
                planted(
                        "a revoked privilege on a function",
                        FUNCTION,
                        "REVOKE EXECUTE ON FUNCTION f FROM PUBLIC",
                        "+ grant f(integer) (on function, revoked from public execute)"),
                planted(
                        "a revoked privilege on a type",
                        "CREATE TYPE e AS ENUM ('a')",
                        "REVOKE USAGE ON TYPE e FROM PUBLIC",
                        "+ grant e (on enum, revoked from public usage)"),
                planted(
                        "a privilege revoked from the owner",
                        TABLE,
                        "REVOKE DELETE ON t FROM CURRENT_USER",
                        "+ grant t (on table, revoked from the owner delete)"),
                planted(
                        "a trigger that depends on an extension",
                        TABLE
                                + "CREATE TRIGGER r BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
                        "ALTER TRIGGER r ON t DEPENDS ON EXTENSION plpgsql",
                        "~ trigger t.r: depends on extensions plpgsql, before none"),
                planted(
                        "a grant on the schema",
                        "",
                        "GRANT USAGE ON SCHEMA {schema} TO PUBLIC",
                        "+ grant (schema) (public usage)"),
                planted(
                        "default privileges",
                        "",
                        "ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT SELECT ON TABLES TO PUBLIC",
                        "+ grant default privileges on tables (public select)"),
                planted(
                        "an owner",
                        TABLE,
                        "ALTER TABLE t OWNER TO pg_monitor",
                        "+ owner t (on table, role pg_monitor)"),
                planted(
                        "a function's owner",
                        FUNCTION,
                        "ALTER FUNCTION f OWNER TO pg_monitor",
                        "+ owner f(integer) (on function, role pg_monitor)"));
    }
}
