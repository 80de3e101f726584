package dev.turnstone.dialect.postgresql;

import java.util.List;

/** Differences in the shared objects of a server and in the settings of a database. */
final class PlantedOnServer {

    private static final String ROLE = "CREATE ROLE planted;";

    private PlantedOnServer() {}

    private static Planted planted(String name, String before, String change, String expected) {
        return since(12, name, before, change, expected);
    }

    private static Planted since(int version, String name, String before, String change, String expected) {
        return new Planted(Planted.Where.SERVER, version, name, before, change, expected);
    }

    private static Planted role(String name, String change, String expected) {
        return planted("a role's " + name, ROLE, "ALTER ROLE planted " + change, "~ role planted: " + expected);
    }

    private static Planted database(String name, String change, String expected) {
        return planted(
                "a database's " + name,
                "",
                "ALTER DATABASE {database} " + change,
                "~ database (database): " + expected);
    }

    static List<Planted> all() {
        return List.of(
                planted("a role", "", "CREATE ROLE planted", "+ role planted"),
                planted("a role's name", ROLE, "ALTER ROLE planted RENAME TO other", """
                        + role other
                        - role planted"""),
                role("superuser", "SUPERUSER", "superuser yes, before none"),
                role("inheritance", "NOINHERIT", "inherit no, before none"),
                role("right to create roles", "CREATEROLE", "create roles yes, before none"),
                role("right to create databases", "CREATEDB", "create databases yes, before none"),
                role("login", "LOGIN", "login yes, before none"),
                role("replication", "REPLICATION", "replication yes, before none"),
                role("way past row security", "BYPASSRLS", "bypass row security yes, before none"),
                role("connection limit", "CONNECTION LIMIT 7", "connection limit 7, before none"),
                role("end", "VALID UNTIL '2031-02-03 00:00:00+00'", "valid until 2031-02-03 00:00:00+00, before none"),
                role("settings", "SET work_mem = '8MB'", "set work_mem=8MB, before none"),
                role(
                        "settings in the database",
                        "IN DATABASE {database} SET work_mem = '8MB'",
                        "set in the database work_mem=8MB, before none"),
                planted(
                        "settings of all roles",
                        "",
                        "ALTER ROLE ALL SET work_mem = '8MB'",
                        "+ role (all) (set work_mem=8MB)"),
                planted(
                        "a membership",
                        ROLE,
                        "GRANT pg_monitor TO planted",
                        "~ role planted: member of pg_monitor, before none"),
                planted(
                        "a membership to be passed on",
                        ROLE + "GRANT pg_monitor TO planted",
                        "GRANT pg_monitor TO planted WITH ADMIN OPTION",
                        "~ role planted: member of pg_monitor with admin option, before pg_monitor"),
                since(
                        16,
                        "a membership's inheritance",
                        ROLE + "GRANT pg_monitor TO planted",
                        "GRANT pg_monitor TO planted WITH INHERIT FALSE",
                        "~ role planted: member of pg_monitor without inherit, before pg_monitor"),
                since(
                        16,
                        "a membership's right to become the role",
                        ROLE + "GRANT pg_monitor TO planted",
                        "GRANT pg_monitor TO planted WITH SET FALSE",
                        "~ role planted: member of pg_monitor without set, before pg_monitor"),
                since(
                        16,
                        "a membership's grantor",
                        ROLE + "CREATE ROLE giver; GRANT pg_monitor TO giver WITH ADMIN OPTION",
                        "GRANT pg_monitor TO planted GRANTED BY giver",
                        "~ role planted: member of pg_monitor granted by giver, before none"),
                planted(
                        "a comment on a role",
                        ROLE,
                        "COMMENT ON ROLE planted IS 'hello'",
                        "+ comment planted (on role, text hello)"),
                planted(
                        "a label of a role",
                        ROLE,
                        "SET LOCAL allow_system_table_mods = on; INSERT INTO pg_shseclabel SELECT oid, 'pg_authid'::regclass, 'guard', 'secret' FROM pg_authid WHERE rolname = 'planted'",
                        "~ role planted: security labels guard 'secret', before none"),
                database("connection limit", "CONNECTION LIMIT 7", "connection limit 7, before none"),
                database("being a template", "IS_TEMPLATE true", "template yes, before none"),
                database("settings", "SET work_mem = '8MB'", "set work_mem=8MB, before none"),
                planted(
                        "a database's owner",
                        ROLE,
                        "ALTER DATABASE {database} OWNER TO planted",
                        "+ owner (database) (on database, role planted)"),
                planted(
                        "a grant on a database",
                        ROLE,
                        "GRANT CREATE ON DATABASE {database} TO planted",
                        "+ grant (database) (on database, planted create)"),
                planted(
                        "a comment on a database",
                        "",
                        "COMMENT ON DATABASE {database} IS 'hello'",
                        "+ comment (database) (on database, text hello)"),
                since(
                        15,
                        "a tablespace's options",
                        "",
                        "ALTER TABLESPACE {tablespace} SET (seq_page_cost = 3)",
                        "~ tablespace {tablespace}: options seq_page_cost=3, before none"),
                since(
                        15,
                        "a tablespace's owner",
                        ROLE,
                        "ALTER TABLESPACE {tablespace} OWNER TO planted",
                        "+ owner {tablespace} (on tablespace, role planted)"),
                since(
                        15,
                        "a grant on a tablespace",
                        "",
                        "GRANT CREATE ON TABLESPACE {tablespace} TO PUBLIC",
                        "+ grant {tablespace} (on tablespace, public create)"),
                since(
                        15,
                        "a comment on a tablespace",
                        "",
                        "COMMENT ON TABLESPACE {tablespace} IS 'hello'",
                        "+ comment {tablespace} (on tablespace, text hello)"),
                since(
                        15,
                        "a grant on a parameter",
                        ROLE,
                        "GRANT SET ON PARAMETER work_mem TO planted",
                        "+ grant parameter work_mem (planted set)"));
    }
}
