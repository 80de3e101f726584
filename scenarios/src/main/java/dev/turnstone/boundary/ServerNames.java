package dev.turnstone.boundary;

import java.util.Set;
import java.util.regex.Pattern;

/** Classifies functions, catalogs, languages and extensions of PostgreSQL by their reach. */
final class ServerNames {

    private static final Set<String> HOST = Set.of(
            "pg_read_file",
            "pg_read_file_old",
            "pg_read_binary_file",
            "pg_stat_file",
            "pg_logdir_ls",
            "lo_import",
            "lo_export",
            "pg_current_logfile",
            "pg_file_settings",
            "pg_show_all_file_settings",
            "pg_hba_file_rules",
            "pg_ident_file_mappings");
    private static final Set<String> CLUSTER = Set.of(
            "pg_terminate_backend",
            "pg_cancel_backend",
            "pg_reload_conf",
            "pg_rotate_logfile",
            "pg_rotate_logfile_old",
            "pg_promote",
            "pg_switch_wal",
            "pg_switch_xlog",
            "pg_create_restore_point",
            "pg_backup_start",
            "pg_backup_stop",
            "pg_start_backup",
            "pg_stop_backup",
            "pg_wal_replay_pause",
            "pg_wal_replay_resume",
            "pg_logical_emit_message",
            "pg_stat_reset_shared",
            "pg_stat_reset_slru",
            "pg_stat_statements_reset",
            "pg_log_backend_memory_contexts",
            "pg_log_standby_snapshot",
            "pg_sync_replication_slots");
    private static final Pattern CLUSTER_FAMILIES = Pattern.compile(
            "pg_\\w*replication_slots?\\w*|pg_logical_slot_\\w+|pg_replication_(slot|origin)_\\w+|dblink_\\w+"
                    + "|postgres_fdw_\\w+");
    private static final Set<String> LARGE_OBJECTS = Set.of(
            "lo_creat",
            "lo_create",
            "lo_unlink",
            "lo_put",
            "lo_get",
            "lo_from_bytea",
            "lo_open",
            "loread",
            "lowrite",
            "lo_truncate",
            "lo_truncate64",
            "lo_close",
            "lo_lseek",
            "lo_manage");
    /** The functions with the prefix {@code pg_} that change nothing and read nothing of other schemas. */
    private static final Pattern HARMLESS = Pattern.compile(
            "pg_(get_\\w+|typeof|column_size|column_compression|sleep\\w*|is_in_recovery|backend_pid|trigger_depth|my_temp_schema"
                    + "|current_\\w+|size_\\w+|relation_size|total_relation_size|table_size|indexes_size|input_\\w+"
                    + "|\\w+_is_visible|client_encoding|encoding_to_char|char_to_encoding|collation_for|safe_snapshot\\w*"
                    + "|postmaster_start_time|conf_load_time|basetype|xact_commit_timestamp)");

    private static final Set<String> CATALOGS = Set.of(
            "pg_attrdef",
            "pg_attribute",
            "pg_class",
            "pg_collation",
            "pg_constraint",
            "pg_depend",
            "pg_description",
            "pg_enum",
            "pg_index",
            "pg_indexes",
            "pg_inherits",
            "pg_matviews",
            "pg_namespace",
            "pg_opclass",
            "pg_operator",
            "pg_policies",
            "pg_policy",
            "pg_proc",
            "pg_publication",
            "pg_range",
            "pg_rewrite",
            "pg_rules",
            "pg_sequence",
            "pg_sequences",
            "pg_statistic_ext",
            "pg_stats",
            "pg_tables",
            "pg_trigger",
            "pg_type",
            "pg_views",
            "pg_settings",
            "pg_largeobject",
            "pg_largeobject_metadata",
            "information_schema");
    /** The catalogs that all databases of a server share. */
    private static final Set<String> SHARED_CATALOGS = Set.of(
            "pg_authid",
            "pg_auth_members",
            "pg_database",
            "pg_db_role_setting",
            "pg_parameter_acl",
            "pg_replication_origin",
            "pg_shdepend",
            "pg_shdescription",
            "pg_shseclabel",
            "pg_subscription",
            "pg_tablespace",
            "pg_roles",
            "pg_shadow",
            "pg_user",
            "pg_group");
    /** The functions that run an argument as SQL. */
    private static final Set<String> RUN_TEXT = Set.of(
            "query_to_xml",
            "query_to_xmlschema",
            "query_to_xml_and_xmlschema",
            "ts_stat",
            "crosstab",
            "crosstab2",
            "crosstab3",
            "crosstab4",
            "crosstabn");
    /** The functions that take the name of a relation as text. */
    private static final Set<String> TAKE_RELATION = Set.of(
            "nextval",
            "setval",
            "currval",
            "pg_get_serial_sequence",
            "table_to_xml",
            "brin_summarize_new_values",
            "brin_summarize_range",
            "brin_desummarize_range",
            "gin_clean_pending_list");

    private static final Set<String> WHOLE_DATABASE = Set.of(
            "database_to_xml",
            "database_to_xmlschema",
            "database_to_xml_and_xmlschema",
            "schema_to_xml",
            "schema_to_xmlschema",
            "schema_to_xml_and_xmlschema",
            "cursor_to_xml",
            "connectby");
    private static final Set<String> ANALYSED_LANGUAGES = Set.of("sql", "plpgsql");
    private static final Set<String> TRUSTED_LANGUAGES = Set.of("plperl", "pltcl", "plv8", "plcoffee", "plls", "pllua");
    private static final Pattern HOST_EXTENSIONS =
            Pattern.compile("file_fdw|adminpack|pl(perl|python\\d?|tcl|lua|java|r|sh|ruby|php)u?|old_snapshot|pgagent");

    private ServerNames() {}

    static boolean isHostFunction(String name) {
        return HOST.contains(name) || name.startsWith("pg_ls_") || name.startsWith("pg_file_");
    }

    static boolean isClusterFunction(String name) {
        return CLUSTER.contains(name) || CLUSTER_FAMILIES.matcher(name).matches();
    }

    static boolean isLargeObjectFunction(String name) {
        return LARGE_OBJECTS.contains(name);
    }

    /** Returns whether a function of this name can change or read more than its schema holds. */
    static boolean isDatabaseFunction(String name) {
        return WHOLE_DATABASE.contains(name)
                || (name.startsWith("pg_") && !HARMLESS.matcher(name).matches());
    }

    static boolean isCatalog(String name) {
        return CATALOGS.contains(name) || name.startsWith("pg_stat_");
    }

    static boolean isSharedCatalog(String name) {
        return SHARED_CATALOGS.contains(name);
    }

    static boolean runsText(String name) {
        return RUN_TEXT.contains(name);
    }

    static boolean takesRelation(String name) {
        return TAKE_RELATION.contains(name);
    }

    static boolean isAnalysedLanguage(String name) {
        return ANALYSED_LANGUAGES.contains(name);
    }

    static boolean isTrustedLanguage(String name) {
        return ANALYSED_LANGUAGES.contains(name) || TRUSTED_LANGUAGES.contains(name);
    }

    static boolean isHostExtension(String name) {
        return HOST_EXTENSIONS.matcher(name).matches() && !isTrustedLanguage(name);
    }
}
