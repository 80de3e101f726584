package dev.turnstone.dialect.postgresql.catalog;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Catalog queries for the objects that all databases of a server share, and for the settings of the current database.
 * The name of the database is left out.
 *
 * <p>Every role may run the queries. They read no passwords.
 */
final class ServerParts {

    /** The built-in roles have OIDs below this. */
    private static final String FIRST_USER_OID = "16384";

    private static String comment(String catalog, String oid) {
        return "(SELECT description FROM pg_shdescription WHERE objoid = " + oid + " AND classoid = '" + catalog
                + "'::regclass)";
    }

    private static String labels(String catalog, String oid) {
        return """
                (SELECT string_agg(provider || ' ' || quote_literal(label), ', ' ORDER BY provider)
                   FROM pg_shseclabel WHERE objoid = %s AND classoid = '%s'::regclass)""".formatted(oid, catalog);
    }

    private static ObjectSelect roles(CatalogContext db) {
        return ObjectSelect.of("'role'", "''", "r.rolname::text")
                .flag("superuser", "r.rolsuper")
                .fact("inherit", "CASE WHEN NOT r.rolinherit THEN 'no' END")
                .flag("create roles", "r.rolcreaterole")
                .flag("create databases", "r.rolcreatedb")
                .flag("login", "r.rolcanlogin")
                .flag("replication", "r.rolreplication")
                .flag("bypass row security", "r.rolbypassrls")
                .fact("connection limit", "nullif(r.rolconnlimit, -1)::text")
                .fact("valid until", "r.rolvaliduntil::text")
                .fact("member of", """
                    (SELECT string_agg(member.of_role, ', ' ORDER BY member.of_role) FROM (
                        SELECT DISTINCT pg_get_userbyid(m.roleid)
                               || CASE WHEN m.admin_option THEN ' with admin option' ELSE '' END
                               || coalesce(%s, '')
                               || coalesce(%s, '')
                               || CASE WHEN m.grantor <> 10 THEN ' granted by ' || pg_get_userbyid(m.grantor) ELSE '' END
                          FROM pg_auth_members m WHERE m.member = r.oid) member(of_role))""".formatted(
                                db.since(16, """
                    CASE WHEN m.inherit_option <> r.rolinherit THEN
                        CASE WHEN m.inherit_option THEN ' with inherit' ELSE ' without inherit' END END"""), db.since(16, "CASE WHEN NOT m.set_option THEN ' without set' END")))
                .fact("*set", """
                    (SELECT array_to_string(s.setconfig, chr(31)) FROM pg_db_role_setting s
                        WHERE s.setrole = r.oid AND s.setdatabase = 0)""")
                .fact("*set in the database", """
                    (SELECT array_to_string(s.setconfig, chr(31))
                         FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase
                        WHERE s.setrole = r.oid AND d.datname = current_database())""")
                .fact("security labels", labels("pg_authid", "r.oid"))
                .fact(".comment", comment("pg_authid", "r.oid"))
                .from("""
                    pg_roles r
                    WHERE r.oid >= %s OR EXISTS (
                           SELECT FROM pg_db_role_setting s LEFT JOIN pg_database d ON d.oid = s.setdatabase
                            WHERE s.setrole = r.oid AND coalesce(d.datname = current_database(), s.setdatabase = 0))""".formatted(FIRST_USER_OID));
    }

    private static ObjectSelect settingsForAllRoles(CatalogContext db) {
        return ObjectSelect.of("'role'", "''", "'(all)'")
                .fact("*set", "array_to_string(s.setconfig, chr(31))")
                .from("pg_db_role_setting s WHERE s.setrole = 0 AND s.setdatabase = 0");
    }

    /** The owner is left out if it is the role that created the server. */
    private static ObjectSelect database(CatalogContext db) {
        return ObjectSelect.of("'database'", "''", "'(database)'")
                .flag("template", "d.datistemplate")
                .fact("connection limit", "nullif(d.datconnlimit, -1)::text")
                .fact("*set", """
                    (SELECT array_to_string(s.setconfig, chr(31)) FROM pg_db_role_setting s
                        WHERE s.setrole = 0 AND s.setdatabase = d.oid)""")
                .fact("security labels", labels("pg_database", "d.oid"))
                .fact(".comment", comment("pg_database", "d.oid"))
                .owner("d.datdba", "10")
                .fact(".grants", Privileges.sql("d", "d.datacl", "d.datdba"))
                .from("pg_database d WHERE d.datname = current_database()");
    }

    private static ObjectSelect tablespaces(CatalogContext db) {
        return ObjectSelect.of("'tablespace'", "''", "t.spcname::text")
                .fact("*options", "array_to_string(t.spcoptions, chr(31))")
                .fact("security labels", labels("pg_tablespace", "t.oid"))
                .fact(".comment", comment("pg_tablespace", "t.oid"))
                .owner("t.spcowner", "10")
                .fact(".grants", Privileges.sql("t", "t.spcacl", "t.spcowner"))
                .from("pg_tablespace t WHERE t.oid >= " + FIRST_USER_OID);
    }

    private static ObjectSelect parameters(CatalogContext db) {
        return ObjectSelect.of("'grant'", "''", "'parameter ' || p.parname")
                .fact(".privileges", """
                    array_to_string(p.paracl, chr(31)) || chr(30) || array_to_string(acldefault('p', 10), chr(31))
                        || chr(30) || pg_get_userbyid(10)""")
                .from("pg_parameter_acl p");
    }

    private ServerParts() {}

    static final List<CatalogPart> ALL = Stream.<Function<CatalogContext, ObjectSelect>>of(
                    ServerParts::roles,
                    ServerParts::settingsForAllRoles,
                    ServerParts::database,
                    ServerParts::tablespaces)
            .map(CatalogPart::of)
            .toList();

    /** Version 15 introduced privileges on parameters. */
    static final CatalogPart SINCE_15 = CatalogPart.of(ServerParts::parameters);
}
