package dev.turnstone.boundary;

import dev.turnstone.dialect.SqlToken;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Computes the possible texts of a PL/pgSQL expression from the fixed parts of its routine's body.
 *
 * <p>A part that is not fixed is replaced by {@link #UNKNOWN}. A part that is quoted as one name or as one literal is
 * replaced by a name or a literal, and does not count as unknown.
 */
final class DynamicText {

    /** The placeholder for a part that is only known at run time. */
    static final String UNKNOWN = "turnstone_unknown_text";

    /**
     * The functions of PostgreSQL whose results are computed here. A function of the history with the same name would
     * hide them.
     */
    static final Set<String> READ_FUNCTIONS =
            Set.of("format", "concat", "quote_ident", "quote_literal", "quote_nullable", "current_database");

    private static final int MOST_TEXTS = 32;
    private static final String SOME_NAME = "\"turnstone some name\"";
    private static final String SOME_LITERAL = "'turnstone some value'";
    private static final Set<String> ALL_UNKNOWN = Set.of(UNKNOWN);

    private final List<Words> body;
    private final Set<String> parameters;
    private final Set<String> resolving = new HashSet<>();

    /**
     * Creates an analysis of the expressions of one body.
     *
     * @param body the parts of the routine's body, in which variables are assigned; empty for plain SQL
     * @param parameters names that can be parameters; their values are only known in a call
     */
    DynamicText(List<Words> body, Set<String> parameters) {
        this.body = body;
        this.parameters = parameters;
    }

    /** Returns the possible texts of an expression; never empty. */
    Set<String> of(Words expression) {
        Set<String> texts = Set.of("");
        for (Words term : terms(expression)) {
            texts = joined(texts, term(term));
        }
        return texts;
    }

    private static Set<String> joined(Set<String> first, Set<String> second) {
        if (first.size() * second.size() > MOST_TEXTS) {
            return ALL_UNKNOWN;
        }
        Set<String> all = new LinkedHashSet<>();
        first.forEach(start -> second.forEach(end -> all.add(start + end)));
        return all;
    }

    private static List<Words> terms(Words expression) {
        List<Words> terms = new ArrayList<>();
        int start = 0;
        while (start <= expression.size()) {
            int bar = expression.find(start, "|");
            while (bar >= 0 && !expression.has(bar + 1, "|")) {
                bar = expression.find(bar + 1, "|");
            }
            int end = bar < 0 ? expression.size() : bar;
            terms.add(expression.sub(start, end));
            start = end + 2;
        }
        return terms;
    }

    private Set<String> term(Words cast) {
        int colons = cast.find(0, ":");
        Words term = colons > 0 && cast.has(colons + 1, ":") ? cast.sub(0, colons) : cast;
        if (term.has(0, "(") && term.behindParenthesis(0) == term.size()) {
            return of(term.sub(1, term.size() - 1));
        }
        if (term.size() == 1 && term.at(0).kind() == SqlToken.Kind.STRING) {
            return Set.of(term.at(0).value());
        }
        if (term.size() == 1 && term.at(0).kind() == SqlToken.Kind.NUMBER) {
            return Set.of(term.at(0).value());
        }
        Words call = term.has(0, "pg_catalog", ".") ? term.sub(2, term.size()) : term;
        if (call.at(0).isName() && call.has(1, "(") && call.behindParenthesis(1) == call.size()) {
            return call(call.at(0).value(), call.sub(2, call.size() - 1).arguments());
        }
        boolean variable = term.at(0).isName() && (term.size() == 1 || (term.size() == 3 && term.has(1, ".")));
        return variable
                ? variable(term.at(0).value(), term.size() == 3 ? term.at(2).value() : "")
                : ALL_UNKNOWN;
    }

    private Set<String> call(String function, List<Words> arguments) {
        switch (function) {
            case "format" -> {
                return arguments.isEmpty() ? ALL_UNKNOWN : format(arguments);
            }
            case "concat" -> {
                Set<String> texts = Set.of("");
                for (Words argument : arguments) {
                    texts = joined(texts, of(argument));
                }
                return texts;
            }
            case "quote_ident" -> {
                return Set.of(name(arguments));
            }
            case "quote_literal", "quote_nullable" -> {
                return Set.of(SOME_LITERAL);
            }
            default -> {
                return ALL_UNKNOWN;
            }
        }
    }

    private static String name(List<Words> arguments) {
        return arguments.size() == 1 && isCurrentDatabase(arguments.get(0))
                ? '"' + Commands.CURRENT_DATABASE + '"'
                : SOME_NAME;
    }

    private static boolean isCurrentDatabase(Words argument) {
        return argument.has(0, "current_database", "(", ")") && argument.size() == 3;
    }

    private Set<String> format(List<Words> arguments) {
        Set<String> all = new LinkedHashSet<>();
        for (String template : of(arguments.get(0))) {
            all.addAll(formatted(template, arguments));
        }
        return all.size() > MOST_TEXTS ? ALL_UNKNOWN : all;
    }

    private Set<String> formatted(String template, List<Words> arguments) {
        Set<String> texts = Set.of("");
        int next = 1;
        int copied = 0;
        for (int percent = template.indexOf('%'); percent >= 0; percent = template.indexOf('%', copied)) {
            texts = joined(texts, Set.of(template.substring(copied, percent)));
            int end = percent + 1;
            int digits = end;
            while (end < template.length() && "0123456789-$*".indexOf(template.charAt(end)) >= 0) {
                if (template.charAt(end) == '$' && end > digits && end - digits < 4) {
                    try {
                        next = Integer.parseInt(template.substring(digits, end));
                    } catch (NumberFormatException e) {
                        return ALL_UNKNOWN;
                    }
                }
                end++;
            }
            char how = end < template.length() ? template.charAt(end) : '%';
            if (how == '%') {
                texts = joined(texts, Set.of("%"));
            } else {
                Words argument = next < arguments.size() ? arguments.get(next) : new Words(List.of());
                next++;
                texts = joined(
                        texts,
                        switch (how) {
                            case 'I' -> Set.of(name(List.of(argument)));
                            case 'L' -> Set.of(SOME_LITERAL);
                            default -> of(argument);
                        });
            }
            copied = Math.min(end + 1, template.length());
        }
        return joined(texts, Set.of(template.substring(copied)));
    }

    /** Returns the texts that any part of the body assigns to a variable, or to a field of a loop variable. */
    private Set<String> variable(String name, String field) {
        if (parameters.contains(name)
                || body.stream().anyMatch(part -> isOtherAssignment(part, name, field))
                || !resolving.add(name)) {
            return ALL_UNKNOWN;
        }
        try {
            Set<String> texts = new LinkedHashSet<>();
            List<Words> own = new ArrayList<>();
            for (Words part : body) {
                for (Words value : values(part, name, field)) {
                    if (field.isEmpty()
                            && value.size() > 1
                            && value.at(0).isName()
                            && value.at(0).value().equals(name)) {
                        own.add(value);
                    } else {
                        texts.addAll(of(value));
                    }
                }
            }
            Set<String> longer = new LinkedHashSet<>(texts);
            for (Words value : own) {
                Set<String> rest = of(value.sub(1, value.size()));
                longer.addAll(joined(texts, rest));
            }
            return longer.isEmpty() || longer.size() > MOST_TEXTS ? ALL_UNKNOWN : longer;
        } finally {
            resolving.remove(name);
        }
    }

    /** Returns whether a part can assign a value that {@link #values} does not find to a variable or its field. */
    private static boolean isOtherAssignment(Words part, String name, String field) {
        if (part.tokens().stream().anyMatch(t -> t.isName() && t.value().equals("variable_conflict"))) {
            return true; // with this option, a name can be a column even if a variable has the same name
        }
        boolean named =
                part.tokens().stream().anyMatch(t -> t.isName() && t.value().equals(name));
        if (!named) {
            return false;
        }
        boolean first = part.at(0).isName() && part.at(0).value().equals(name);
        boolean assigns = part.find(1, "=", "default") > 0;
        return switch (part.word(0)) {
            case "get", "call", "fetch", "foreach" -> true;
            case "for" -> !part.has(2, "in") && isBefore(part, name, part.find(1, "in"));
            default ->
                part.find(1, "alias") > 0
                        || (first && assigns && (part.has(1, ".") || part.has(1, "[") || !field.isEmpty()))
                        || (!first
                                && assigns
                                && part.at(0).isName()
                                && part.has(1, ".")
                                && part.at(2).value().equals(name));
        };
    }

    private static boolean isBefore(Words part, String name, int end) {
        return part.sub(1, end < 0 ? part.size() : end).tokens().stream()
                .anyMatch(t -> t.isName() && t.value().equals(name));
    }

    private static List<Words> values(Words part, String name, String field) {
        boolean first = part.at(0).isName() && part.at(0).value().equals(name);
        if (field.isEmpty() && first) {
            int assigned = part.find(1, "=", "default");
            boolean direct = part.has(1, ":", "=") || part.has(1, "=");
            boolean declared = assigned > 0 && part.at(1).isName();
            if (direct || declared) {
                return List.of(part.sub(assigned + 1, part.size()));
            }
        }
        if (part.has(0, "for") && part.at(1).value().equals(name) && part.has(2, "in")) {
            int select = part.find(3, "select");
            boolean one = part.find(0, "union", "intersect", "except") < 0;
            return select < 0 || !one ? List.of(unknown()) : selected(part.sub(select + 1, part.size()), field);
        }
        int into = part.find(0, "into");
        boolean one = part.find(0, "union", "intersect", "except") < 0;
        if (into >= 0
                && one
                && part.has(0, "select")
                && part.at(into + 1).value().equals(name)) {
            int start = into == 1 ? into + 2 : 1;
            return selected(part.sub(start, into == 1 ? part.size() : into), field);
        }
        if (into >= 0
                && part.sub(into + 1, part.size()).tokens().stream()
                        .anyMatch(t -> t.isName() && t.value().equals(name))) {
            return List.of(unknown());
        }
        return List.of();
    }

    private static Words unknown() {
        return new Words(List.of(new SqlToken(SqlToken.Kind.SYMBOL, "?")));
    }

    private static List<Words> selected(Words query, String field) {
        int from = query.find(0, "from", "into");
        List<Words> items = query.sub(0, from < 0 ? query.size() : from).arguments();
        List<Words> found = new ArrayList<>();
        for (Words item : items) {
            int as = item.find(0, "as");
            SqlToken last = item.at(item.size() - 1);
            if (as < 0 && items.size() > 1 && (last.is("*") || last.value().equals(field))) {
                return List.of(unknown());
            }
            if (items.size() == 1 || (as > 0 && item.at(as + 1).value().equals(field))) {
                found.add(as > 0 ? item.sub(0, as) : item);
            }
        }
        return found.isEmpty() ? List.of(unknown()) : found;
    }
}
