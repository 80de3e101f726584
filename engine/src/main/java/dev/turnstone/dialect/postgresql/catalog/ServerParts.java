package dev.turnstone.dialect.postgresql.catalog;

import java.util.List;
import java.util.stream.Stream;

/**
 * Catalog queries for the objects that all databases of a server share, and for the settings of the current database.
 * The name of the database is left out.
 *
 * <p>Every role may run the queries. They read no passwords.
 */
final class ServerParts {

    /** The built-in roles have OIDs below this. */
    private static final String FIRST_OF_USERS = "16384";

    private static final String SHARED_COMMENT = """
            (SELECT description FROM pg_shdescription WHERE objoid = %2$s AND classoid = '%1$s'::regclass)""";

    private static final String SHARED_LABELS = """
            (SELECT string_agg(provider || ' ' || quote_literal(label), ', ' ORDER BY provider)
               FROM pg_shseclabel WHERE objoid = %2$s AND classoid = '%1$s'::regclass)""";

    private static final String ROLES = """
            SELECT 'role', '', r.rolname::text, NULL, NULL, ARRAY[
                   'superuser', CASE WHEN r.rolsuper THEN 'yes' END,
                   'inherit', CASE WHEN NOT r.rolinherit THEN 'no' END,
                   'create roles', CASE WHEN r.rolcreaterole THEN 'yes' END,
                   'create databases', CASE WHEN r.rolcreatedb THEN 'yes' END,
                   'login', CASE WHEN r.rolcanlogin THEN 'yes' END,
                   'replication', CASE WHEN r.rolreplication THEN 'yes' END,
                   'bypass row security', CASE WHEN r.rolbypassrls THEN 'yes' END,
                   'connection limit', nullif(r.rolconnlimit, -1)::text,
                   'valid until', r.rolvaliduntil::text,
                   'member of', (SELECT string_agg(member.of_role, ', ' ORDER BY member.of_role) FROM (
                       SELECT DISTINCT pg_get_userbyid(m.roleid)
                              || CASE WHEN m.admin_option THEN ' with admin option' ELSE '' END
                              || coalesce({since 16: CASE WHEN m.inherit_option <> r.rolinherit THEN
                                     CASE WHEN m.inherit_option THEN ' with inherit' ELSE ' without inherit' END END}, '')
                              || coalesce({since 16: CASE WHEN NOT m.set_option THEN ' without set' END}, '')
                              || CASE WHEN m.grantor <> 10 THEN ' granted by ' || pg_get_userbyid(m.grantor) ELSE '' END
                         FROM pg_auth_members m WHERE m.member = r.oid) member(of_role)),
                   '*set', (SELECT array_to_string(s.setconfig, chr(31)) FROM pg_db_role_setting s
                             WHERE s.setrole = r.oid AND s.setdatabase = 0),
                   '*set in the database', (SELECT array_to_string(s.setconfig, chr(31))
                                              FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase
                                             WHERE s.setrole = r.oid AND d.datname = current_database()),
                   'security labels', {labels pg_authid r.oid},
                   '.comment', {shared comment pg_authid r.oid}]
              FROM pg_roles r
             WHERE r.oid >= {first of users} OR EXISTS (
                     SELECT FROM pg_db_role_setting s LEFT JOIN pg_database d ON d.oid = s.setdatabase
                      WHERE s.setrole = r.oid AND coalesce(d.datname = current_database(), s.setdatabase = 0))
            """;

    private static final String SETTINGS_FOR_ALL_ROLES = """
            SELECT 'role', '', '(all)', NULL, NULL, ARRAY['*set', array_to_string(s.setconfig, chr(31))]
              FROM pg_db_role_setting s WHERE s.setrole = 0 AND s.setdatabase = 0
            """;

    /** The owner is left out if it is the role that created the server. */
    private static final String DATABASE = """
            SELECT 'database', '', '(database)', NULL, NULL, ARRAY[
                   'template', CASE WHEN d.datistemplate THEN 'yes' END,
                   'connection limit', nullif(d.datconnlimit, -1)::text,
                   '*set', (SELECT array_to_string(s.setconfig, chr(31)) FROM pg_db_role_setting s
                             WHERE s.setrole = 0 AND s.setdatabase = d.oid),
                   'security labels', {labels pg_database d.oid},
                   '.comment', {shared comment pg_database d.oid},
                   '.owner', CASE WHEN d.datdba <> 10 THEN pg_get_userbyid(d.datdba)::text END,
                   '.grants', {privileges d d.datacl d.datdba}]
              FROM pg_database d WHERE d.datname = current_database()
            """;

    private static final String TABLESPACES = """
            SELECT 'tablespace', '', t.spcname::text, NULL, NULL, ARRAY[
                   '*options', array_to_string(t.spcoptions, chr(31)),
                   'security labels', {labels pg_tablespace t.oid},
                   '.comment', {shared comment pg_tablespace t.oid},
                   '.owner', CASE WHEN t.spcowner <> 10 THEN pg_get_userbyid(t.spcowner)::text END,
                   '.grants', {privileges t t.spcacl t.spcowner}]
              FROM pg_tablespace t WHERE t.oid >= {first of users}
            """;

    private static final String PARAMETERS = """
            SELECT 'grant', '', 'parameter ' || p.parname, NULL, NULL, ARRAY['.privileges',
                   array_to_string(p.paracl, chr(31)) || chr(30) || array_to_string(acldefault('p', 10), chr(31))
                   || chr(30) || pg_get_userbyid(10)]
              FROM pg_parameter_acl p
            """;

    private ServerParts() {}

    /**
     * Returns the queries for a server version.
     *
     * @param serverVersion the major version, such as 15
     */
    static List<CatalogPart> since(int serverVersion) {
        return Stream.of(
                        ROLES,
                        SETTINGS_FOR_ALL_ROLES,
                        DATABASE,
                        TABLESPACES,
                        // Version 15 introduced privileges on parameters.
                        serverVersion >= 15 ? PARAMETERS : "")
                .filter(sql -> !sql.isEmpty())
                .map(sql -> sql.replace("{first of users}", FIRST_OF_USERS))
                .map(sql -> spelled(sql, "shared comment", SHARED_COMMENT))
                .map(sql -> spelled(sql, "labels", SHARED_LABELS))
                .map(CatalogPart::of)
                .toList();
    }

    private static String spelled(String sql, String word, String fragment) {
        return sql.replaceAll(
                "\\{" + word + " (\\w+) ([\\w.]+)}",
                java.util.regex.Matcher.quoteReplacement(fragment)
                        .replace("%1\\$s", "$1")
                        .replace("%2\\$s", "$2"));
    }
}
