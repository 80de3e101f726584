package dev.turnstone.boundary;

import dev.turnstone.dialect.SqlToken;
import dev.turnstone.dialect.UnterminatedStatementException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The reach of one PostgreSQL statement beyond its schema, determined from its tokens. The analysis includes the bodies
 * of routines and of {@code DO}, and the texts that these run.
 *
 * <pre>{@code
 * StatementAnalysis.of("DO $$ BEGIN EXECUTE 'DROP ' || 'ROLE app'; END $$").reasons();
 * // [changes the server outside its database (DROP ROLE APP)]
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public final class StatementAnalysis {

    private static final int DEEPEST = 16;

    private final Set<Reason> reasons = new LinkedHashSet<>();
    private final Set<String> createdRoles = new TreeSet<>();

    private StatementAnalysis() {}

    /**
     * Analyses SQL.
     *
     * @param sql one or several statements, without the data of {@code COPY}
     */
    public static StatementAnalysis of(String sql) {
        StatementAnalysis analysis = new StatementAnalysis();
        analysis.read(sql, "sql", Set.of(), 0);
        return analysis;
    }

    /** Returns why the statement is not known to stay inside its schema; empty if it stays there. */
    public Set<Reason> reasons() {
        return Set.copyOf(reasons);
    }

    /** Returns the names of the roles that the statement creates, as the server stores them. */
    public Set<String> createdRoles() {
        return Set.copyOf(createdRoles);
    }

    /** Returns whether the statement stays inside its schema. */
    public boolean isInside() {
        return reasons.isEmpty();
    }

    /** Returns whether the statement has this reach. */
    public boolean reaches(Reach reach) {
        return reasons.stream().anyMatch(reason -> reason.reach() == reach);
    }

    private void report(Reach reach, String words) {
        reasons.add(new Reason(reach, words));
    }

    /**
     * Reads one text.
     *
     * @param sql the text
     * @param language the language of the text, such as {@code sql}
     * @param parameters the names in the header of the routine; the values of its parameters are only known in a call
     * @param depth the number of texts that enclose this one
     */
    private void read(String sql, String language, Set<String> parameters, int depth) {
        List<SqlToken> tokens;
        try {
            tokens = SqlToken.ofPostgresql(sql);
        } catch (UnterminatedStatementException e) {
            report(Reach.UNPROVEN, "a quote or a comment has no end");
            return;
        }
        if (depth > DEEPEST) {
            report(Reach.UNPROVEN, "statements nested too deeply");
            return;
        }
        boolean plpgsql = language.equals("plpgsql");
        List<Words> parts = plpgsql ? Words.parts(tokens) : Words.statements(tokens);
        for (Words part : parts) {
            new Part(part, plpgsql, plpgsql ? parts : List.of(), parameters, depth).read();
        }
    }

    /** One statement, or one part of a routine's body. */
    private final class Part {

        private final Words words;
        private final boolean plpgsql;
        private final DynamicText texts;
        private final int depth;
        private final boolean namesRelations;

        Part(Words words, boolean plpgsql, List<Words> body, Set<String> parameters, int depth) {
            this.words = words;
            this.plpgsql = plpgsql;
            this.texts = new DynamicText(body, parameters);
            this.depth = depth;
            this.namesRelations = words.tokens().stream()
                    .anyMatch(token -> token.isName()
                            && (ServerNames.takesRelation(token.value())
                                    || token.value().startsWith("reg")
                                    || token.value().startsWith("to_reg")));
        }

        void read() {
            Commands.find(words, plpgsql, StatementAnalysis.this::report, createdRoles::add);
            QualifiedNames.find(words, plpgsql, name -> report(Reach.DATABASE, name));
            for (int i = 0; i < words.size(); i++) {
                token(i);
            }
            hiddenFunction();
            if (words.has(0, "do") || isRoutine()) {
                routine();
            }
        }

        /** Reports the definition of a function that hides one whose results the analysis computes. */
        private void hiddenFunction() {
            int kind = words.has(1, "or", "replace") ? 3 : 1;
            int rename = words.has(0, "alter") ? words.find(kind, "rename") : -1;
            int name = rename > 0 ? rename + 2 : kind + (words.has(kind + 2, ".") ? 3 : 1);
            boolean function =
                    words.has(kind, "function") || words.has(kind, "routine") || words.has(kind, "aggregate");
            if (function
                    && (rename > 0 || words.has(0, "create"))
                    && DynamicText.READ_FUNCTIONS.contains(words.at(name).value())) {
                report(Reach.UNPROVEN, "a function named " + words.at(name).value());
            }
        }

        private boolean isRoutine() {
            int kind = words.has(1, "or", "replace") ? 3 : 1;
            return (words.has(0, "create") || words.has(0, "alter"))
                    && (words.has(kind, "function") || words.has(kind, "procedure"));
        }

        private void token(int index) {
            SqlToken token = words.at(index);
            if (token.kind() == SqlToken.Kind.OTHER) {
                report(Reach.UNPROVEN, "text that is no SQL");
            } else if (token.isName()) {
                name(index, token.value());
            } else if (token.kind() == SqlToken.Kind.STRING) {
                string(index);
            }
        }

        private void name(int index, String name) {
            boolean call = words.has(index + 1, "(");
            if (ServerNames.isHostFunction(name)) {
                report(Reach.HOST, name);
            } else if (ServerNames.isClusterFunction(name) || (call && name.equals("dblink"))) {
                report(Reach.CLUSTER, name);
            } else if (ServerNames.isLargeObjectFunction(name)) {
                report(Reach.DATABASE, name);
            } else if (ServerNames.isSharedCatalog(name) && isWritten(index)) {
                report(Reach.CLUSTER, "rows of " + name);
            } else if (ServerNames.isCatalog(name)) {
                report(Reach.DATABASE, name);
            } else if (call && ServerNames.isDatabaseFunction(name)) {
                report(Reach.DATABASE, name);
            } else if (call && ServerNames.runsText(name)) {
                run(argument(index), name);
            } else if (call && name.equals("ts_rewrite") && arguments(index).size() == 2) {
                run(arguments(index).get(1), name);
            } else if (call && name.equals("set_config")) {
                setting(argument(index));
            } else if (call && ServerNames.takesRelation(name)) {
                relation(name, argument(index));
            } else if (!call && isFunctionOfDefinition(index)) {
                functionOfDefinition(name);
            }
            // The server compares the names of settings case-insensitively, whether they are quoted or not.
            switch (name.toLowerCase(Locale.ROOT)) {
                case "search_path" -> report(Reach.DATABASE, name);
                case "concurrently" -> {
                    if (words.at(index).kind() == SqlToken.Kind.WORD) {
                        report(Reach.DATABASE, "CONCURRENTLY");
                    }
                }
                case "standard_conforming_strings" -> {
                    if (words.has(index + 1, "=") || words.has(index + 1, "to")) {
                        conformingStrings(words.at(index + 2).value());
                    }
                }
                case "execute" -> {
                    if (plpgsql && words.at(index).kind() == SqlToken.Kind.WORD && runs(index)) {
                        int end = words.find(index + 1, "into", "using");
                        run(words.sub(index + 1, end < 0 ? words.size() : end), "EXECUTE");
                    }
                }
                default -> {}
            }
        }

        /** Returns whether the token is the function of an operator or an aggregate, as a name or as text. */
        private boolean isFunctionOfDefinition(int index) {
            int before = words.has(index - 1, ".") ? index - 3 : index - 1;
            int kind = words.has(1, "or", "replace") ? 3 : 1;
            return words.has(0, "create")
                    && (words.has(kind, "aggregate") || words.has(kind, "operator"))
                    && words.has(before, "=");
        }

        /**
         * Reports a function that an operator or an aggregate calls. The arguments of such a call are not in the
         * statement.
         */
        private void functionOfDefinition(String name) {
            if (ServerNames.isHostFunction(name)) {
                report(Reach.HOST, name);
            } else if (ServerNames.isClusterFunction(name)) {
                report(Reach.CLUSTER, name);
            } else if (ServerNames.runsText(name)) {
                report(Reach.UNPROVEN, name);
            } else if (ServerNames.isLargeObjectFunction(name)
                    || ServerNames.isDatabaseFunction(name)
                    || ServerNames.takesRelation(name)
                    || name.equals("set_config")) {
                report(Reach.DATABASE, name);
            }
        }

        /** Returns whether the statement inserts, deletes or changes rows of the table that is named at an index. */
        private boolean isWritten(int index) {
            int before = words.has(index - 1, ".") ? index - 3 : index - 1;
            if (words.has(before, "only")) {
                before--;
            }
            return List.of("update", "into", "truncate", "copy").contains(words.word(before))
                    || words.has(before - 1, "delete", "from");
        }

        private boolean runs(int execute) {
            return (execute == 0 || List.of("query", "for", "in").contains(words.word(execute - 1)))
                    && !words.has(execute + 1, "function")
                    && !words.has(execute + 1, "procedure");
        }

        private void conformingStrings(String value) {
            if (!value.equalsIgnoreCase("on") && !value.equalsIgnoreCase("true")) {
                report(Reach.UNPROVEN, "standard_conforming_strings is off");
            }
        }

        private List<Words> arguments(int function) {
            int end = words.behindParenthesis(function + 1);
            return words.sub(function + 2, end - 1).arguments();
        }

        private Words argument(int function) {
            List<Words> arguments = arguments(function);
            return arguments.isEmpty() ? new Words(List.of()) : arguments.get(0);
        }

        private void setting(Words name) {
            for (String setting : texts.of(name)) {
                switch (setting.toLowerCase(Locale.ROOT)) {
                    case "search_path", "role", "session_authorization" -> report(Reach.DATABASE, setting);
                    case "standard_conforming_strings" -> report(Reach.UNPROVEN, "standard_conforming_strings");
                    default -> {
                        if (setting.contains(DynamicText.UNKNOWN)) {
                            report(Reach.UNPROVEN, "set_config of a computed name");
                        }
                    }
                }
            }
        }

        private void relation(String function, Words argument) {
            boolean fixed = argument.at(0).kind() == SqlToken.Kind.STRING
                    && (argument.size() == 1 || argument.has(1, ":", ":"));
            boolean ofOwnTable = argument.has(0, "pg_get_serial_sequence", "(")
                    || argument.has(0, "pg_catalog", ".", "pg_get_serial_sequence", "(");
            if (!fixed && !ofOwnTable) {
                for (String name : texts.of(argument)) {
                    if (name.contains(DynamicText.UNKNOWN)) {
                        report(Reach.DYNAMIC, function + " of a computed name");
                    } else if (isQualified(name)) {
                        report(Reach.DATABASE, name);
                    }
                }
            }
        }

        /** Reports a text that is a name with a schema, in a statement that converts texts to names. */
        private void string(int index) {
            String text = words.at(index).value();
            if (isFunctionOfDefinition(index)) {
                functionOfDefinition(text);
            }
            if (namesRelations && isQualified(text)) {
                report(Reach.DATABASE, "'" + text + "'");
            }
        }

        private boolean isQualified(String text) {
            if (text.length() > 300 || text.indexOf('.') < 0) {
                return false;
            }
            try {
                List<SqlToken> name = SqlToken.ofPostgresql(text);
                return name.size() >= 3
                        && name.get(0).isName()
                        && name.get(1).is(".")
                        && !name.get(0).value().equals("pg_catalog");
            } catch (UnterminatedStatementException e) {
                return false;
            }
        }

        /** Analyses the possible texts of an expression that the server runs as SQL. */
        private void run(Words expression, String by) {
            for (String text : texts.of(expression)) {
                if (text.contains(DynamicText.UNKNOWN)) {
                    boolean ordinary;
                    try {
                        List<Words> statements = Words.statements(SqlToken.ofPostgresql(text));
                        ordinary = !statements.isEmpty() && statements.stream().allMatch(Commands::isOrdinary);
                    } catch (UnterminatedStatementException e) {
                        ordinary = false;
                    }
                    report(ordinary ? Reach.DYNAMIC : Reach.UNPROVEN, by + " " + expression.shown(0, 8));
                }
                StatementAnalysis.this.read(text, "sql", Set.of(), depth + 1);
            }
        }

        private void routine() {
            String language = words.has(0, "do") ? "plpgsql" : "sql";
            String code = null;
            Set<String> header = new HashSet<>();
            for (int i = 1; i < words.size(); i++) {
                if (words.at(i).isName()) {
                    header.add(words.at(i).value());
                }
                if (words.has(i, "language")) {
                    language = words.at(i + 1).value().toLowerCase(Locale.ROOT);
                }
                boolean body = words.at(i).kind() == SqlToken.Kind.STRING
                        && !words.has(i - 1, "language")
                        && (words.has(0, "do") || words.has(i - 1, "as"));
                if (body) {
                    code = words.at(i).value();
                }
            }
            if (ServerNames.isAnalysedLanguage(language)) {
                if (code != null) {
                    StatementAnalysis.this.read(code, language, header, depth + 1);
                }
            } else {
                report(ServerNames.isTrustedLanguage(language) ? Reach.UNPROVEN : Reach.HOST, "LANGUAGE " + language);
            }
        }
    }
}
