package dev.turnstone.dialect.postgresql.catalog;

import java.util.List;

/** Catalog queries for privileges that belong to no single object: privileges on the schema and default privileges. */
final class AccessParts {

    /**
     * Privileges on the schema that is read. Its name, comment and owner belong to the test environment and are left
     * out.
     */
    private static ObjectSelect onTheSchema(CatalogContext db) {
        return ObjectSelect.of("'grant'", "''", "'(schema)'")
                .fact(".privileges", Privileges.sql("n", "coalesce(ns.nspacl,acldefault('n',ns.owner))", "ns.owner"))
                .from("""
                    ns
                    WHERE ns.name = '' AND ns.nspacl IS NOT NULL
                     AND NOT EXISTS (SELECT FROM pg_init_privs i
                                      WHERE i.classoid = 'pg_namespace'::regclass AND i.objoid = ns.oid
                                        AND i.initprivs = ns.nspacl)""");
    }

    private static ObjectSelect defaults(CatalogContext db) {
        return ObjectSelect.of("'grant'", "coalesce(ns.name, '')", """
                    'default privileges on ' || CASE d.defaclobjtype WHEN 'r' THEN 'tables' WHEN 'S' THEN 'sequences'
                                                         WHEN 'f' THEN 'functions' WHEN 'T' THEN 'types'
                                                         WHEN 'n' THEN 'schemas' ELSE 'large objects' END
                        || CASE WHEN ns.oid IS NULL THEN ' everywhere' ELSE '' END
                        || CASE WHEN pg_get_userbyid(d.defaclrole) = current_user THEN ''
                                ELSE ' of ' || pg_get_userbyid(d.defaclrole) END""")
                .fact(".privileges", """
                    array_to_string(d.defaclacl, chr(31)) || chr(30)
                        || CASE d.defaclnamespace WHEN 0 THEN array_to_string(acldefault(
                               CASE d.defaclobjtype WHEN 'S' THEN 's' ELSE d.defaclobjtype END, d.defaclrole), chr(31))
                           ELSE '' END || chr(30) || pg_get_userbyid(d.defaclrole)""")
                .from("""
                    pg_default_acl d
                    LEFT JOIN ns ON ns.oid = d.defaclnamespace
                    WHERE ns.oid IS NOT NULL OR (d.defaclnamespace = 0 AND %s)""".formatted(db.wholeDatabase()));
    }

    /** Security labels. The server's description of a labelled object begins with the schema's name. */
    private static ObjectSelect securityLabels(CatalogContext db) {
        return ObjectSelect.of("'security-label'", "coalesce(ns.name, '')", """
                    CASE WHEN ns.oid IS NULL THEN i.identity
                             ELSE replace(replace(substr(i.identity, length(i.schema) + 2),
                                                  '(' || quote_ident(%s) || '.', '('),
                                          ',' || quote_ident(%s) || '.', ',') END
                        || ' by ' || l.provider""".formatted(db.schema(), db.schema()))
                .fact("on", "i.type")
                .fact("label", "l.label")
                .from("""
                    pg_seclabel l
                    CROSS JOIN LATERAL pg_identify_object(l.classoid, l.objoid, l.objsubid) i
                    LEFT JOIN pg_namespace n ON quote_ident(n.nspname) = i.schema
                    LEFT JOIN ns ON ns.oid = n.oid
                    WHERE ns.oid IS NOT NULL OR (i.schema IS NULL AND %s)""".formatted(db.wholeDatabase()));
    }

    static final List<CatalogPart> ALL = List.of(
            CatalogPart.of(AccessParts::onTheSchema, PresentObjectKinds.SCHEMA_PRIVILEGES),
            CatalogPart.of(AccessParts::defaults, PresentObjectKinds.DEFAULT_PRIVILEGES),
            CatalogPart.of(AccessParts::securityLabels, PresentObjectKinds.SECURITY_LABELS));

    private AccessParts() {}
}
