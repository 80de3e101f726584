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
 * A migration cursor on whose database every table holds rows. Before each step, the new and the changed tables get
 * rows. Not thread-safe.
 *
 * <p>Row digests show which tables a step changed; only the rows of these tables are read again.
 */
public final class FilledDatabase {

    private final ScenarioContext context;
    private final MigrationCursor walk;
    private final OwnRowsInsertion own;
    private final boolean generates;
    private final Map<ObjectId, Table> filledAs = new HashMap<>();

    /** Tables that held rows at some moment. A table that a step empties is filled again. */
    private final Set<ObjectId> held = new HashSet<>();

    private final Map<ObjectId, TableRows> hashes = new HashMap<>();
    private SortedMap<ObjectId, TableImage> images = new TreeMap<>();
    private @Nullable TestDatabase knownDatabase;
    private @Nullable RowGenerator generator;

    /**
     * The numbers of applied revisions at which the user's rows were already searched for. The rows of one revision are
     * inserted once.
     */
    private final Set<Integer> lookedForOwnAt = new HashSet<>();

    /**
     * Creates a filled database that generates rows and also inserts the user's rows.
     *
     * @param context the run with its dialect, its options and its tool
     * @param walk the cursor to move; the caller closes it
     */
    public FilledDatabase(ScenarioContext context, MigrationCursor walk) {
        this(context, walk, true);
    }

    private FilledDatabase(ScenarioContext context, MigrationCursor walk, boolean generates) {
        this.context = context;
        this.walk = walk;
        this.own = new OwnRowsInsertion(context);
        this.generates = generates;
    }

    /** Creates a filled database that inserts the user's rows and generates none. */
    static FilledDatabase onOwnRows(ScenarioContext context, MigrationCursor walk) {
        return new FilledDatabase(context, walk, false);
    }

    /** Returns whether the user gives rows for any revision. */
    boolean hasOwnRows() {
        return !own.isEmpty();
    }

    /**
     * The schema and the rows of a database at one moment. Immutable as long as the caller does not change the
     * collections.
     *
     * @param schema the schema of the database
     * @param images the rows of each table, by the id of the table
     * @param counters the counters that generate numbers for rows, such as sequences
     */
    public record Moment(Schema schema, SortedMap<ObjectId, TableImage> images, List<Counter> counters) {

        /** Returns the counters of tables that hold rows at this moment and also exist in another moment. */
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

    /**
     * Moves the cursor until exactly the first {@code count} revisions are applied. The tables have rows before each
     * step.
     *
     * @param count the number of revisions that are applied afterwards
     * @throws OwnRowsException if the database refuses a row of the user
     */
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
     * Moves the cursor like {@link #moveTo}, but inserts rows only at the end if the cursor has to restart and the user
     * gives no rows. If many revisions of a long history leave traces, then rows at each step of each restart would
     * take longer than everything else.
     *
     * @param count the number of revisions that are applied afterwards
     * @throws OwnRowsException if the database refuses a row of the user
     */
    public void bringAgainTo(int count) {
        if (knownDatabase != null && walk.mustRestart(count) && own.isEmpty()) {
            bringWithoutRowsTo(count);
        }
        moveTo(count);
    }

    /**
     * Restarts the cursor on another database and inserts no rows.
     *
     * @param count the number of revisions that are applied afterwards
     */
    public void bringWithoutRowsTo(int count) {
        walk.markDiverged();
        walk.moveTo(count);
    }

    /**
     * Reads the current schema, rows and counters of the database.
     *
     * @return the moment, without the images of virtual and of partitioned tables
     */
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
     * Inserts the user's rows for the current revision, if any, and generated rows into the other tables that are new
     * or were changed since they were filled.
     *
     * @param moment the current moment of the database
     * @return the tables that could not be filled, without those that wait for rows of the user
     * @throws OwnRowsException if the database refuses a row of the user
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
            // A table that references a table with the user's rows could not be filled before that table.
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

    /**
     * Inserts the user's rows for the current revision and returns the new moment, or null if there are none to insert.
     */
    private @Nullable Moment putOwn(Moment moment) {
        int count = walk.applied();
        if (own.isEmpty() || count == 0 || !lookedForOwnAt.add(count)) {
            return null;
        }
        RevisionId revision = walk.revisions().get(count - 1).id();
        if (!own.has(revision) || walk.hasFailed()) {
            // After a failure the schema differs from the one that the rows were written for; the failure is already a
            // finding.
            return null;
        }
        // The user's SQL can also change the schema, so that an incremental read would not be reliable after it.
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

    /** Returns whether a table references a table that still waits for the user's rows. */
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
     * Deletes all rows of all tables and inserts other rows. The next {@link #fill(Moment)} adds rows to all tables.
     *
     * @param count the number of revisions that are applied
     * @param given the values of the rows to insert, by table and by column name
     * @param style the style of the rows for the tables that {@code given} does not name; null for no rows
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
     * Generates rows that the database accepts for all tables of a moment; none of them stays in the database.
     *
     * @param hints texts that columns should hold, by the name of the column
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

    /** Reads the rows of the tables of a moment, with their values. */
    Map<ObjectId, List<Map<String, @Nullable Object>>> rows(Moment moment) {
        RowGenerator rows = java.util.Objects.requireNonNull(generator);
        return walk.reading(connection ->
                rows.read(connection, moment.schema(), moment.schema().tables()));
    }

    /** Returns the migration cursor of this database. */
    public MigrationCursor walk() {
        return walk;
    }
}
