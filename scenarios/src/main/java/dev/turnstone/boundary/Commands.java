package dev.turnstone.boundary;

import dev.turnstone.dialect.SqlToken;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Analyses a statement by its command: the kind of object that it creates, alters, drops, grants, copies or sets. */
final class Commands {

    /** A placeholder that {@link DynamicText} uses for the result of {@code current_database()}. */
    static final String CURRENT_DATABASE = "turnstone current database";

    private static final Set<String> QUALIFIERS = Set.of(
            "or",
            "replace",
            "temp",
            "temporary",
            "unlogged",
            "global",
            "local",
            "unique",
            "recursive",
            "materialized",
            "constraint",
            "trusted",
            "procedural");
    private static final Set<String> IN_SCHEMA = Set.of(
            "table",
            "index",
            "view",
            "sequence",
            "type",
            "domain",
            "function",
            "procedure",
            "routine",
            "trigger",
            "rule",
            "policy",
            "aggregate",
            "statistics",
            "collation",
            "operator",
            "text",
            "conversion");
    private static final Set<String> IN_DATABASE = Set.of(
            "language",
            "extension",
            "event",
            "publication",
            "schema",
            "cast",
            "access",
            "transform",
            "large",
            "default");
    private static final Set<String> SHARED = Set.of("role", "group", "database", "tablespace", "subscription");
    private static final Set<String> ALONE = Set.of(
            "select",
            "insert",
            "update",
            "delete",
            "merge",
            "with",
            "values",
            "table",
            "begin",
            "start",
            "commit",
            "end",
            "rollback",
            "abort",
            "savepoint",
            "release",
            "set",
            "reset",
            "show",
            "lock",
            "truncate",
            "analyze",
            "analyse",
            "vacuum",
            "reindex",
            "cluster",
            "refresh",
            "explain",
            "prepare",
            "execute",
            "deallocate",
            "declare",
            "fetch",
            "move",
            "close",
            "copy",
            "do",
            "call",
            "discard",
            "grant",
            "revoke",
            "comment",
            "create",
            "alter",
            "drop",
            "(");

    private final Words words;
    private final BiConsumer<Reach, String> found;
    private final Consumer<String> createdRoles;

    private Commands(Words words, BiConsumer<Reach, String> found, Consumer<String> createdRoles) {
        this.words = words;
        this.found = found;
        this.createdRoles = createdRoles;
    }

    /**
     * Reports how far a statement reaches because of its command.
     *
     * @param words the statement
     * @param plpgsql whether the words are part of a PL/pgSQL body
     * @param found receives each reach, with the words of the statement that show it
     * @param createdRoles receives the names of roles that the statement creates
     */
    static void find(Words words, boolean plpgsql, BiConsumer<Reach, String> found, Consumer<String> createdRoles) {
        new Commands(words, found, createdRoles).run(plpgsql);
    }

    /** Returns whether a statement begins with a known command whose object is not computed text. */
    static boolean isOrdinary(Words words) {
        String first = words.word(0);
        if (first.equals("create") || first.equals("alter") || first.equals("drop")) {
            return IN_SCHEMA.contains(words.word(object(words, 1)));
        }
        return ALONE.contains(first) && !first.equals("copy") && !first.equals("do");
    }

    private void report(Reach reach, int start, int end) {
        found.accept(reach, words.upper(start, end));
    }

    private static int object(Words words, int from) {
        int index = from;
        while (QUALIFIERS.contains(words.word(index))) {
            index++;
        }
        return index;
    }

    private void run(boolean plpgsql) {
        switch (words.word(0)) {
            case "create", "alter", "drop" -> definition();
            case "grant", "revoke" -> grant();
            case "comment", "security" -> label();
            case "reassign" -> report(Reach.CLUSTER, 0, 2);
            case "import" -> report(Reach.CLUSTER, 0, 3);
            case "load" -> report(Reach.HOST, 0, 2);
            case "copy" -> copy();
            case "set" -> set();
            case "prepare", "commit", "rollback" -> {
                // A prepared transaction outlives its session, and its name belongs to the whole server.
                if ((words.has(1, "transaction") && words.has(0, "prepare")) || words.has(1, "prepared")) {
                    report(Reach.CLUSTER, 0, 2);
                }
            }
            case "reset" -> {
                if (isIdentity(1)) {
                    report(Reach.DATABASE, 0, 2);
                }
            }
            case "notify", "listen", "unlisten", "checkpoint" -> report(Reach.DATABASE, 0, 2);
            case "analyze", "analyse", "vacuum", "cluster" -> {
                if (words.tokens().stream()
                        .skip(1)
                        .noneMatch(t -> t.isName()
                                && !Set.of("verbose", "full", "freeze", "analyze")
                                        .contains(t.value()))) {
                    report(Reach.DATABASE, 0, 2);
                }
            }
            case "reindex" -> {
                int object = words.has(1, "(") ? words.behindParenthesis(1) : 1;
                if (Set.of("schema", "database", "system").contains(words.word(object))) {
                    report(Reach.DATABASE, 0, object + 2);
                }
            }
            default -> {
                // In PL/pgSQL it is an assignment, a declaration, or the rest of an expression that was split at THEN.
                if (!plpgsql && !ALONE.contains(words.word(0))) {
                    report(Reach.UNPROVEN, 0, 3);
                }
            }
        }
    }

    private void definition() {
        int object = object(words, 1);
        String kind = words.word(object);
        boolean creates = words.has(0, "create");
        if (kind.equals("user") && words.has(object + 1, "mapping")) {
            report(Reach.CLUSTER, 0, object + 2);
        } else if (kind.equals("user") || SHARED.contains(kind)) {
            if (creates
                    && (kind.equals("user") || kind.equals("role") || kind.equals("group"))
                    && words.at(object + 1).isName()) {
                createdRoles.accept(words.at(object + 1).value());
            }
            boolean settings = kind.equals("database")
                    && words.at(object + 1).value().equals(CURRENT_DATABASE)
                    && (words.has(object + 2, "set") || words.has(object + 2, "reset"))
                    && !words.has(object + 3, "tablespace");
            report(settings ? Reach.DATABASE : Reach.CLUSTER, 0, object + 2);
        } else if (kind.equals("system") || kind.equals("server") || kind.equals("foreign")) {
            report(Reach.CLUSTER, 0, object + 2);
        } else if (kind.equals("owned")) {
            report(Reach.CLUSTER, 0, object + 2);
        } else if (kind.equals("extension") || kind.equals("language")) {
            int name = words.has(object + 1, "if", "not", "exists") ? object + 4 : object + 1;
            String value = words.at(name).value();
            boolean host = creates
                    && (kind.equals("extension")
                            ? ServerNames.isHostExtension(value)
                            // A handler is a function of the database. Only LANGUAGE C can create a new one.
                            : !ServerNames.isTrustedLanguage(value) && !words.has(name + 1, "handler"));
            report(host ? Reach.HOST : Reach.DATABASE, 0, name + 1);
        } else if (IN_DATABASE.contains(kind)) {
            report(Reach.DATABASE, 0, object + 2);
        } else if (!IN_SCHEMA.contains(kind)) {
            report(Reach.UNPROVEN, 0, object + 2);
        } else {
            otherSchema();
        }
    }

    private void otherSchema() {
        for (int i = 1; i < words.size(); i++) {
            boolean identity = words.has(i, "set") && isIdentity(i + 1) && !words.has(i + 2, "default");
            if (identity || words.has(i, "set", "schema") || words.has(i, "all", "in", "tablespace")) {
                report(Reach.DATABASE, i, i + 3);
            }
        }
    }

    private void grant() {
        int on = words.find(1, "on");
        if (on < 0) {
            report(Reach.CLUSTER, 0, 4);
            return;
        }
        switch (words.word(on + 1)) {
            case "database" ->
                report(words.at(on + 2).value().equals(CURRENT_DATABASE) ? Reach.DATABASE : Reach.CLUSTER, on, on + 3);
            case "tablespace", "parameter" -> report(Reach.CLUSTER, on, on + 3);
            case "schema", "language", "foreign", "large" -> report(Reach.DATABASE, on, on + 3);
            default -> {
                if (words.find(on, "schema") > 0) {
                    report(Reach.DATABASE, on, words.find(on, "schema") + 2);
                }
            }
        }
    }

    private void label() {
        int on = words.find(1, "on");
        switch (words.word(on + 1)) {
            case "database" ->
                report(words.at(on + 2).value().equals(CURRENT_DATABASE) ? Reach.DATABASE : Reach.CLUSTER, 0, on + 3);
            case "role", "tablespace", "subscription" -> report(Reach.CLUSTER, 0, on + 3);
            case "schema",
                    "extension",
                    "event",
                    "publication",
                    "language",
                    "cast",
                    "server",
                    "foreign",
                    "access",
                    "transform",
                    "large" -> report(Reach.DATABASE, 0, on + 3);
            default -> {}
        }
    }

    private void copy() {
        int direction = words.find(1, "from", "to");
        if (direction > 0
                && (words.has(direction + 1, "program")
                        || words.at(direction + 1).kind() == SqlToken.Kind.STRING)) {
            report(Reach.HOST, 0, direction + 3);
        }
    }

    private void set() {
        int name = words.has(1, "local") || (words.has(1, "session") && !words.has(2, "authorization")) ? 2 : 1;
        if (isIdentity(name) || words.has(name, "schema")) {
            report(Reach.DATABASE, 0, name + 2);
        }
    }

    /** Returns whether the setting at an index decides whose rights are used. Its name can be quoted, in any case. */
    private boolean isIdentity(int index) {
        String name = words.at(index).isName() ? words.at(index).value().toLowerCase(Locale.ROOT) : "";
        return name.equals("role")
                || name.equals("session_authorization")
                || words.has(index, "session", "authorization");
    }
}
