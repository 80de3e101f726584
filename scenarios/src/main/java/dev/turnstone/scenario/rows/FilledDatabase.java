package dev.turnstone.scenario.rows;

import dev.turnstone.database.TestDatabase;
import dev.turnstone.dialect.TableRows;
import dev.turnstone.execution.DatabaseException;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.rows.Counter;
import dev.turnstone.rows.NotFilled;
import dev.turnstone.rows.RowGenerator;
import dev.turnstone.rows.Style;
import dev.turnstone.rows.TableImage;
import dev.turnstone.scenario.DatabaseState;
import dev.turnstone.scenario.OwnRowsException;
import dev.turnstone.scenario.ScenarioContext;
import dev.turnstone.scenario.cursor.MigrationCursor;
import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.ObjectKind;
import dev.turnstone.schema.Schema;
import dev.turnstone.schema.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A walk on which every table holds rows: before each step, those that are new or changed get some. Not thread-safe.
 *
 * <p>Hashes tell which tables a step touched; only these are read again.
 */
public final class FilledDatabase {

    private final ScenarioContext context;
    private final MigrationCursor walk;
    private final OwnRowsInsertion own;
    private final boolean generates;
    private final Map<ObjectId, Table> filledAs = new HashMap<>();

    /** Tables that held rows once: where a step empties one, it is filled again. */
    private final Set<ObjectId> held = new HashSet<>();

    private final Map<ObjectId, TableRows> hashes = new HashMap<>();
    private SortedMap<ObjectId, TableImage> images = new TreeMap<>();
    private @Nullable TestDatabase knownDatabase;
    private @Nullable RowGenerator generator;

    /** How many revisions were applied when the user's rows were looked for; those of one revision are put in once. */
    private final Set<Integer> lookedForOwnAt = new HashSet<>();

    public FilledDatabase(ScenarioContext context, MigrationCursor walk) {
        this(context, walk, true);
    }

    private FilledDatabase(ScenarioContext context, MigrationCursor walk, boolean generates) {
        this.context = context;
        this.walk = walk;
        this.own = new OwnRowsInsertion(context);
        this.generates = generates;
    }

    /** A walk on the user's own rows and no others. */
    static FilledDatabase onOwnRows(ScenarioContext context, MigrationCursor walk) {
        return new FilledDatabase(context, walk, false);
    }

    /** Whether the user has rows for any revision. */
    boolean hasOwnRows() {
        return !own.isEmpty();
    }

    /**
     * A database at one moment.
     *
     * @param schema its schema
     * @param images what its tables hold
     * @param counters what gives numbers to their rows
     */
    public record Moment(Schema schema, SortedMap<ObjectId, TableImage> images, List<Counter> counters) {

        /** Those of tables with rows that are in another moment too. */
        List<Counter> countersOfTablesIn(Moment other) {
            return counters.stream()
                    .filter(counter -> other.images().containsKey(counter.table()))
                    .filter(counter -> {
                        TableImage image = images.get(counter.table());
                        return image != null && !image.rows().isEmpty();
                    })
                    .toList();
        }
    }

    /** Makes sure that exactly the first {@code count} revisions are applied, on tables with rows. */
    public void moveTo(int count) {
        if (walk.mustRestart(count)) {
            walk.markDiverged();
            walk.moveTo(0);
        }
        fill(moment());
        while (walk.applied() < count) {
            RevisionId next = walk.revisions().get(walk.applied()).id();
            if (walk.up(next).failure() != null || walk.passedOver().isPresent()) {
                bringWithoutRowsTo(walk.applied());
            }
            fill(moment());
        }
    }

    /**
     * As {@link #moveTo}; where the walk has to begin again, tables get rows only at the end of the way, unless there are
     * rows of the user's own. On a long history of which many revisions leave traces, filling at each step of each new
     * beginning would take longer than all the rest.
     */
    public void bringAgainTo(int count) {
        if (knownDatabase != null && walk.mustRestart(count) && own.isEmpty()) {
            bringWithoutRowsTo(count);
        }
        moveTo(count);
    }

    /** Begins again, and puts no row into any table. */
    public void bringWithoutRowsTo(int count) {
        walk.markDiverged();
        walk.moveTo(count);
    }

    /** The database as it is now. */
    public Moment moment() {
        if (knownDatabase != walk.database()) {
            knownDatabase = walk.database();
            generator = new RowGenerator(
                    context.dialect(),
                    knownDatabase.scope(),
                    context.options().rows().seed());
            filledAs.clear();
            held.clear();
            lookedForOwnAt.clear();
            hashes.clear();
            images = new TreeMap<>();
        }
        DatabaseState state = walk.state();
        SortedMap<ObjectId, TableImage> now = new TreeMap<>();
        for (Table table : state.schema().tables()) {
            if (!table.options().containsKey("virtual") && !table.options().containsKey("partition by")) {
                now.put(table.id(), image(table, state));
            }
        }
        images = now;
        now.values().stream().filter(image -> !image.rows().isEmpty()).forEach(image -> held.add(image.table()));
        return new Moment(
                state.schema(),
                now,
                walk.reading(connection -> Counter.read(
                        connection, context.dialect(), walk.database().scope(), state.schema())));
    }

    private TableImage image(Table table, DatabaseState state) {
        TableRows rows = state.rows().get(ObjectId.of(ObjectKind.ROW, table.schema(), table.name()));
        TableImage known = images.get(table.id());
        if (rows == null) {
            hashes.remove(table.id());
            return known != null && known.rows().isEmpty() && known.hasColumnsOf(table)
                    ? known
                    : TableImage.empty(table);
        }
        if (known != null && rows.equals(hashes.get(table.id())) && known.hasColumnsOf(table)) {
            return known;
        }
        hashes.put(table.id(), rows);
        return walk.reading(connection ->
                TableImage.of(connection, context.dialect(), walk.database().scope(), table));
    }

    /**
     * Puts the user's rows in, if there are any for this revision, and ours into the other tables that are new, or another
     * than when they were filled; gives those that stayed empty.
     *
     * @throws OwnRowsException when the database refuses a row of the user's
     */
    public List<NotFilled> fill(Moment moment) {
        Moment withOwn = putOwn(moment);
        Moment now = withOwn == null ? moment : withOwn;
        if (!generates) {
            return List.of();
        }
        List<Table> fresh = new ArrayList<>();
        List<Table> changed = new ArrayList<>();
        for (Table table : now.schema().tables()) {
            if (own.isFor(table)) {
                continue;
            }
            Table as = filledAs.put(table.id(), table);
            TableImage image = now.images().get(table.id());
            boolean empty = image == null || image.rows().isEmpty();
            boolean emptied = image != null && empty && held.contains(table.id());
            // What refers to a table of the user's could not be filled before that was.
            boolean waited = empty && withOwn != null;
            if (!table.equals(as) || emptied || waited) {
                (as == null || empty ? fresh : changed).add(table);
            }
        }
        List<NotFilled> notFilled = new ArrayList<>(fill(now.schema(), fresh, Style.VARIED, Map.of()));
        fill(now.schema(), changed, Style.PLAIN, Map.of());
        return notFilled.stream()
                .filter(table -> !waitsForOwn(table, now.schema()))
                .toList();
    }

    /** The database with the user's rows for its revision; null where there are none to put in. */
    private @Nullable Moment putOwn(Moment moment) {
        int count = walk.applied();
        if (own.isEmpty() || count == 0 || !lookedForOwnAt.add(count)) {
            return null;
        }
        RevisionId revision = walk.revisions().get(count - 1).id();
        if (!own.has(revision) || walk.hasFailed()) {
            // After a failure the schema is not the one that the rows were written for; that is a finding already.
            return null;
        }
        // The user's SQL can do more than put rows in.
        TestDatabase database = walk.databaseForOthers();
        walk.filling(connection -> {
            own.put(revision, connection, database.scope(), moment.schema());
            return connection;
        });
        RowGenerator rows = java.util.Objects.requireNonNull(generator);
        walk.filling(connection -> {
            rows.countOn(
                    connection,
                    moment.schema(),
                    moment.schema().tables().stream().filter(own::isFor).toList());
            return connection;
        });
        return moment();
    }

    /** Whether a table refers to one that the user's rows are still to come for. */
    private boolean waitsForOwn(NotFilled empty, Schema schema) {
        return schema.tables().stream()
                .filter(table -> table.id().equals(empty.table()))
                .flatMap(table -> table.foreignKeys().stream())
                .anyMatch(key -> schema.tables().stream()
                        .anyMatch(target -> own.isFor(target)
                                && (key.referencedTable().equals(target.name())
                                        || key.referencedTable().endsWith("." + target.name()))));
    }

    /**
     * Takes all rows out of all tables, and puts others in. The next {@link #fill(Moment)} adds to all tables.
     *
     * @param count how many revisions are applied
     * @param given by table, the values of its rows
     * @param style of rows for the tables that {@code given} does not name; null for none
     */
    void refill(int count, Map<ObjectId, List<Map<String, @Nullable Object>>> given, @Nullable Style style) {
        if (walk.mustRestart(count)) {
            bringWithoutRowsTo(count);
        }
        Moment moment = moment();
        filledAs.clear();
        RowGenerator rows = java.util.Objects.requireNonNull(generator);
        List<Table> tables = moment.schema().tables();
        try {
            walk.filling(connection -> {
                rows.clear(connection, moment.schema(), tables);
                return connection;
            });
        } catch (DatabaseException refused) {
            bringWithoutRowsTo(count);
            moment();
        }
        fill(
                moment.schema(),
                style == null
                        ? tables.stream()
                                .filter(table -> given.containsKey(table.id()))
                                .toList()
                        : tables,
                style == null ? Style.PLAIN : style,
                given);
    }

    private List<NotFilled> fill(
            Schema schema, List<Table> tables, Style style, Map<ObjectId, List<Map<String, @Nullable Object>>> given) {
        RowGenerator rows = java.util.Objects.requireNonNull(generator);
        return tables.isEmpty()
                ? List.of()
                : walk.filling(connection -> rows.fill(connection, schema, tables, style, given));
    }

    /**
     * Rows for all tables of a moment, which the database takes; none of them stays.
     *
     * @param hints texts that columns should hold, by the columns' names
     */
    Map<ObjectId, List<Map<String, @Nullable Object>>> sample(
            Moment moment, Style style, Map<String, List<String>> hints) {
        RowGenerator rows = new RowGenerator(
                context.dialect(),
                walk.database().scope(),
                context.options().rows().seed(),
                hints);
        return walk.filling(connection ->
                rows.sample(connection, moment.schema(), moment.schema().tables(), style));
    }

    /** The rows of a moment, with their values. */
    Map<ObjectId, List<Map<String, @Nullable Object>>> rows(Moment moment) {
        RowGenerator rows = java.util.Objects.requireNonNull(generator);
        return walk.reading(connection ->
                rows.read(connection, moment.schema(), moment.schema().tables()));
    }

    public MigrationCursor walk() {
        return walk;
    }
}
