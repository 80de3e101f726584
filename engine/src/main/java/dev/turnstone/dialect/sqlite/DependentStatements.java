package dev.turnstone.dialect.sqlite;

import dev.turnstone.dialect.CannotRenderException;
import dev.turnstone.schema.Index;
import dev.turnstone.schema.Trigger;
import dev.turnstone.schema.View;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Renders CREATE INDEX, CREATE TRIGGER and CREATE VIEW. */
final class DependentStatements {

    private DependentStatements() {}

    static String createIndex(String table, Index index) {
        return createIndex(table, index, "");
    }

    /**
     * Renders an index.
     *
     * @param existence empty, or {@code IF NOT EXISTS} followed by a space
     */
    static String createIndex(String table, Index index, String existence) {
        UnsupportedOptions.refuse("index " + index.name(), index.options());
        String keys = index.keys().stream().map(DependentStatements::key).collect(Collectors.joining(", ", " (", ")"));
        return "CREATE " + (index.unique() ? "UNIQUE " : "") + "INDEX " + existence + Identifier.quoted(index.name())
                + " ON " + Identifier.quoted(table) + keys
                + (index.where() == null ? "" : " WHERE " + SqlFragment.expression(index.where()));
    }

    private static String key(Index.Key key) {
        String what = key.column() == null
                ? "(" + SqlFragment.expression(String.valueOf(key.expression())) + ")"
                : Identifier.quoted(key.column());
        return what + (key.suffix().isEmpty() ? "" : " " + SqlFragment.keySuffix(key.suffix()));
    }

    static String createTrigger(String table, Trigger trigger) {
        String when = trigger.attributes().get("when");
        return "CREATE TRIGGER " + Identifier.quoted(trigger.name()) + " "
                + attribute(trigger, "timing").toUpperCase(Locale.ROOT) + " " + event(attribute(trigger, "event"))
                + " ON " + Identifier.quoted(table)
                + (when == null ? "" : " WHEN " + SqlFragment.expression(when))
                + " " + attribute(trigger, "body");
    }

    private static String event(String event) {
        int of = event.indexOf(" of ");
        return of < 0 ? event.toUpperCase(Locale.ROOT) : "UPDATE OF " + event.substring(of + " of ".length());
    }

    private static String attribute(Trigger trigger, String name) {
        String value = trigger.attributes().get(name);
        if (value == null) {
            throw new CannotRenderException(
                    "SQLite",
                    "create trigger " + trigger.name() + " without the attribute " + name,
                    "Set timing, event and body, and when as needed.");
        }
        return value;
    }

    static String createView(View view) {
        String columns = view.options().get("columns");
        return "CREATE VIEW " + Identifier.quoted(view.name())
                + (columns == null ? "" : " (" + SqlFragment.expression(columns) + ")")
                + " AS " + SqlFragment.expression(view.query());
    }

    /** Renders the triggers of a view, one statement each. */
    static List<String> triggers(View view) {
        return view.triggers().stream()
                .map(trigger -> createTrigger(view.name(), trigger))
                .toList();
    }
}
