package dev.turnstone.dialect.postgresql.catalog;

import java.util.List;

/** Catalog queries for privileges that belong to no single object: privileges on the schema and default privileges. */
final class AccessParts {

    /**
     * Privileges on the schema that is read. Its name, comment and owner belong to the test environment and are left
     * out.
     */
    private static final String ON_THE_SCHEMA = """
            SELECT 'grant', '', '(schema)', NULL, NULL,
                   ARRAY['.privileges', {privileges n coalesce(ns.nspacl,acldefault('n',ns.owner)) ns.owner}]
              FROM ns
             WHERE ns.name = '' AND ns.nspacl IS NOT NULL
               AND NOT EXISTS (SELECT FROM pg_init_privs i
                                WHERE i.classoid = 'pg_namespace'::regclass AND i.objoid = ns.oid
                                  AND i.initprivs = ns.nspacl)
            """;

    private static final String DEFAULTS = """
            SELECT 'grant', coalesce(ns.name, ''),
                   'default privileges on ' || CASE d.defaclobjtype WHEN 'r' THEN 'tables' WHEN 'S' THEN 'sequences'
                                                    WHEN 'f' THEN 'functions' WHEN 'T' THEN 'types'
                                                    WHEN 'n' THEN 'schemas' ELSE 'large objects' END
                   || CASE WHEN ns.oid IS NULL THEN ' everywhere' ELSE '' END
                   || CASE WHEN pg_get_userbyid(d.defaclrole) = current_user THEN ''
                           ELSE ' of ' || pg_get_userbyid(d.defaclrole) END,
                   NULL, NULL, ARRAY['.privileges', array_to_string(d.defaclacl, chr(31)) || chr(30)
                   || CASE d.defaclnamespace WHEN 0 THEN array_to_string(acldefault(
                          CASE d.defaclobjtype WHEN 'S' THEN 's' ELSE d.defaclobjtype END, d.defaclrole), chr(31))
                      ELSE '' END || chr(30) || pg_get_userbyid(d.defaclrole)]
              FROM pg_default_acl d
              LEFT JOIN ns ON ns.oid = d.defaclnamespace
             WHERE ns.oid IS NOT NULL OR (d.defaclnamespace = 0 AND {whole database})
            """;

    /** Security labels. The server's description of a labelled object begins with the schema's name. */
    private static final String SECURITY_LABELS = """
            SELECT 'security-label', coalesce(ns.name, ''),
                   CASE WHEN ns.oid IS NULL THEN i.identity
                        ELSE replace(replace(substr(i.identity, length(i.schema) + 2),
                                             '(' || quote_ident({schema}) || '.', '('),
                                     ',' || quote_ident({schema}) || '.', ',') END
                   || ' by ' || l.provider,
                   NULL, NULL, ARRAY['on', i.type, 'label', l.label]
              FROM pg_seclabel l
              CROSS JOIN LATERAL pg_identify_object(l.classoid, l.objoid, l.objsubid) i
              LEFT JOIN pg_namespace n ON quote_ident(n.nspname) = i.schema
              LEFT JOIN ns ON ns.oid = n.oid
             WHERE ns.oid IS NOT NULL OR (i.schema IS NULL AND {whole database})
            """;

    static final List<CatalogPart> ALL = List.of(
            CatalogPart.of(ON_THE_SCHEMA, PresentObjectKinds.SCHEMA_PRIVILEGES),
            CatalogPart.of(DEFAULTS, PresentObjectKinds.DEFAULT_PRIVILEGES),
            CatalogPart.of(SECURITY_LABELS, PresentObjectKinds.SECURITY_LABELS));

    private AccessParts() {}
}
