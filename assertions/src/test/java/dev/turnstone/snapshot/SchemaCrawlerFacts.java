package dev.turnstone.snapshot;

import dev.turnstone.schema.Schema;
import dev.turnstone.schema.SchemaObject;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import schemacrawler.schema.Catalog;
import schemacrawler.schema.Routine;
import schemacrawler.schema.Sequence;
import schemacrawler.schema.Table;
import schemacrawler.schema.TableConstraint;
import schemacrawler.schema.Trigger;
import schemacrawler.schema.View;
import schemacrawler.schemacrawler.LimitOptionsBuilder;
import schemacrawler.schemacrawler.LoadOptionsBuilder;
import schemacrawler.schemacrawler.SchemaCrawlerOptionsBuilder;
import schemacrawler.schemacrawler.SchemaInfoLevelBuilder;
import schemacrawler.tools.utility.SchemaCrawlerUtility;
import us.fatehi.utility.datasource.DatabaseConnectionSources;

/**
 * Facts that SchemaCrawler reads at its highest detail level besides columns, keys and indexes, and the same facts of
 * the reader under test; one line for each fact.
 */
final class SchemaCrawlerFacts {

    private SchemaCrawlerFacts() {}

    /** Returns the facts of the reader under test, as far as SchemaCrawler can read them. */
    static Set<String> of(Schema schema) {
        Set<String> facts = new TreeSet<>();
        for (SchemaObject object : schema.objects().values()) {
            String name = object.id().name();
            switch (object.id().kind()) {
                case SEQUENCE ->
                    facts.add("sequence " + name + " by " + object.attributes().getOrDefault("increment", "1"));
                case FUNCTION, PROCEDURE ->
                    facts.add(object.id().kind().label() + " " + name.substring(0, name.indexOf('(')));
                case TRIGGER -> facts.add(trigger(name, object.attributes()));
                case CHECK, UNIQUE, PRIMARY_KEY, FOREIGN_KEY, EXCLUSION -> {
                    if (!name.contains("(")) {
                        facts.add(object.id().kind().label().replace('-', '_') + " constraint " + name);
                    }
                }
                case VIEW, MATERIALIZED_VIEW ->
                    facts.add("view " + name + ": " + plain(object.attributes().getOrDefault("query", "")));
                default -> {}
            }
        }
        return facts;
    }

    private static String trigger(String name, Map<String, String> attributes) {
        String events = attributes
                .getOrDefault("event", attributes.getOrDefault("events", ""))
                .replaceFirst(" of .*", "");
        return "trigger " + name + " " + attributes.getOrDefault("timing", "").replace(' ', '_') + " [" + events + "]";
    }

    /** Excludes constraints without a name, and NOT NULL constraints with generated numbers as names. */
    private static boolean isNamed(TableConstraint constraint) {
        String name = String.valueOf(constraint.getName());
        return !name.equals("null") && !name.startsWith("SCHCRWLR_") && !name.matches("\\d+_\\d+_\\d+_not_null");
    }

    /** Returns a query without white space, and without the parentheses that only one of the readers removes. */
    private static String plain(String query) {
        return query.toLowerCase(Locale.ROOT)
                .replaceFirst("^create view \\S+ as ", "")
                .replaceAll("\\s+", " ")
                .replaceAll("[();]", "")
                .strip();
    }

    /** Returns the facts of SchemaCrawler. */
    static Set<String> of(DataSource dataSource, String schema) {
        LimitOptionsBuilder limits = LimitOptionsBuilder.builder();
        if (!schema.isEmpty()) {
            Pattern only = Pattern.compile(Pattern.quote(schema));
            limits.includeSchemas(only).includeAllRoutines().includeAllSequences();
        }
        Catalog catalog = SchemaCrawlerUtility.getCatalog(
                DatabaseConnectionSources.fromDataSource(dataSource),
                SchemaCrawlerOptionsBuilder.newSchemaCrawlerOptions()
                        .withLimitOptions(limits.toOptions())
                        .withLoadOptions(LoadOptionsBuilder.builder()
                                .withSchemaInfoLevel(SchemaInfoLevelBuilder.maximum())
                                .toOptions()));
        Set<String> facts = new TreeSet<>();
        for (Sequence sequence : catalog.getSequences()) {
            facts.add("sequence " + sequence.getName() + " by " + sequence.getIncrement());
        }
        for (Routine routine : catalog.getRoutines()) {
            facts.add(routine.getRoutineType() + " " + routine.getName());
        }
        for (Table table : catalog.getTables()) {
            for (Trigger trigger : table.getTriggers()) {
                facts.add("trigger " + table.getName() + "." + trigger.getName() + " " + trigger.getConditionTiming()
                        + " " + trigger.getEventManipulationTypes());
            }
            for (TableConstraint constraint : table.getTableConstraints()) {
                if (isNamed(constraint)) {
                    facts.add(constraint.getType() + " constraint " + table.getName() + "." + constraint.getName());
                }
            }
            if (table instanceof View view && view.hasDefinition()) {
                facts.add("view " + view.getName() + ": " + plain(view.getDefinition()));
            }
        }
        return facts;
    }
}
