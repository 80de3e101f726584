package dev.turnstone.execution.offline;

import dev.turnstone.dialect.CannotRenderException;
import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.Present;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.execution.step.RecordingOperations;
import dev.turnstone.operation.Operation;
import dev.turnstone.schema.ForeignKey;
import dev.turnstone.schema.Schema;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A schema that is computed from the statements that created it, with the objects that guards read: tables, columns and
 * indexes. If a statement is not understood, the affected objects become unknown, and reading them throws
 * {@link Unknown}.
 */
public final class ReplayedSchema implements RecordingOperations.Catalog {

    private final boolean foldsUnquoted;
    private final Map<String, Relation> relations = new HashMap<>();
    private final Map<String, IndexEntry> indexes = new HashMap<>();
    private final Map<String, String> unknownRelations = new HashMap<>();
    private @Nullable String everythingUnknown;

    private final @Nullable String clientVersion;
    private final Set<String> types = new TreeSet<>();

    public ReplayedSchema(Dialect dialect) {
        this(dialect, null);
    }

    public ReplayedSchema(Dialect dialect, @Nullable String clientVersion) {
        this.clientVersion = clientVersion;
        this.foldsUnquoted = dialect.foldsUnquotedNames();
    }

    /** Thrown when only the database itself can answer a question. */
    public static final class Unknown extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unknown(String question, String reason) {
            super("it asks for " + question + ", and " + reason);
        }

        Unknown(String question, String reason, CannotRenderException cause) {
            super("it asks for " + question + ", and " + reason, cause);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }

    /** A table or view. */
    static final class Relation {
        final boolean view;
        final List<String> columns = new ArrayList<>();
        final ReplayedConstraints constraints;

        @Nullable
        String columnsUnknown;

        @Nullable
        String indexesUnknown;

        Relation(boolean view, ReplayedConstraints constraints) {
            this.view = view;
            this.constraints = constraints;
        }
    }

    /** An index: its table, and every name in its definition. */
    record IndexEntry(String table, Set<String> mentions) {}

    Relation newRelation(boolean view) {
        return new Relation(view, new ReplayedConstraints(foldsUnquoted, this::stored));
    }

    /** Records that a type was created. */
    void addType(String name) {
        types.add(name);
    }

    /** Records that a type was dropped. */
    void dropType(String name) {
        types.remove(name);
    }

    /** Returns whether the index of a constraint has the name of the constraint. */
    boolean constraintsNameIndexes() {
        return foldsUnquoted;
    }

    /** Returns whether dropping a column drops its indexes. If not, the database rejects the drop. */
    boolean dropsIndexesOfColumn() {
        return foldsUnquoted;
    }

    /** Returns a name in the form for comparison. A question contains the name exactly as stored. */
    String key(String exact) {
        return foldsUnquoted ? exact : exact.toLowerCase(Locale.ROOT);
    }

    /** Returns a name in the form in which the server stores it. */
    String stored(SqlWords.Word word) {
        return foldsUnquoted && word.kind() == SqlWords.Kind.WORD ? word.text().toLowerCase(Locale.ROOT) : word.text();
    }

    /** {@inheritDoc} Always throws: expressions, types of columns and triggers are not computed. */
    @Override
    public Schema read() {
        throw new Unknown(
                "a whole definition",
                "without a connection only the names of tables, columns, indexes and constraints are known");
    }

    /** {@inheritDoc} The state is unknown; an operation that needs it throws {@link Unknown}. */
    @Override
    public List<SqlStatement> render(Dialect dialect, Operation operation, Present present) {
        AtomicBoolean schemaRequested = new AtomicBoolean();
        try {
            return dialect.render(operation, new Present() {
                @Override
                public Optional<Schema> schema() {
                    schemaRequested.set(true);
                    return Optional.empty();
                }

                @Override
                public Optional<String> version() {
                    return Optional.ofNullable(clientVersion);
                }
            });
        } catch (CannotRenderException e) {
            if (!schemaRequested.get()) {
                throw e;
            }
            throw new Unknown("a table's whole definition", "without a connection only copyFrom provides it", e);
        }
    }

    @Override
    public boolean hasTable(String name) {
        String key = key(name);
        requireKnown("table " + name, key);
        return relations.containsKey(key);
    }

    @Override
    public List<String> columns(String table) {
        String key = key(table);
        requireKnown("the columns of " + table, key);
        Relation relation = relations.get(key);
        if (relation == null) {
            return List.of();
        }
        requireKnownFor("the columns of " + table, relation.columnsUnknown);
        return List.copyOf(relation.columns);
    }

    @Override
    public Set<String> indexes(String table) {
        String key = key(table);
        requireKnown("the indexes of " + table, key);
        Relation relation = relations.get(key);
        requireKnownFor("the indexes of " + table, relation == null ? null : relation.indexesUnknown);
        Set<String> names = new TreeSet<>();
        indexes.forEach((name, index) -> {
            if (index.table().equals(key)) {
                names.add(name);
            }
        });
        return names;
    }

    @Override
    public List<ForeignKey> foreignKeys(String table) {
        String question = "the foreign keys of " + table;
        requireKnown(question, key(table));
        Relation relation = relations.get(key(table));
        requireKnownFor(question, relation == null ? null : relation.constraints.foreignKeysUnknown);
        return relation == null ? List.of() : List.copyOf(relation.constraints.foreignKeys);
    }

    @Override
    public Set<String> constraints(String table) {
        String question = "the constraints of " + table;
        requireKnown(question, key(table));
        Relation relation = relations.get(key(table));
        requireKnownFor(question, relation == null ? null : relation.constraints.namesUnknown);
        return relation == null ? Set.of() : new TreeSet<>(relation.constraints.names);
    }

    @Override
    public boolean hasType(String name) {
        requireKnownFor("type " + name, everythingUnknown);
        return types.contains(name);
    }

    @Override
    public Optional<String> version() {
        return Optional.ofNullable(clientVersion);
    }

    /** {@inheritDoc} Always throws: a script is written without a connection. */
    @Override
    public Connection connection() {
        throw new Unknown("the connection", "a script is written without one");
    }

    @Override
    public boolean hasIndex(String name) {
        String question = "index " + name;
        requireKnownFor(question, everythingUnknown);
        String key = key(name);
        if (indexes.containsKey(key)) {
            return true;
        }
        unknownRelations.values().stream().sorted().findFirst().ifPresent(reason -> requireKnownFor(question, reason));
        relations.forEach((table, relation) -> {
            if (key.startsWith(table + "_") || key.startsWith("sqlite_autoindex_" + table + "_")) {
                requireKnownFor(question, relation.indexesUnknown);
            }
        });
        return false;
    }

    private void requireKnown(String question, String key) {
        requireKnownFor(question, everythingUnknown);
        requireKnownFor(question, unknownRelations.get(key));
    }

    private static void requireKnownFor(String question, @Nullable String reason) {
        if (reason != null) {
            throw new Unknown(question, reason);
        }
    }

    /** Makes everything unknown from here on. */
    void forget(String reason) {
        everythingUnknown = everythingUnknown == null ? reason : everythingUnknown;
    }

    /** Makes one table and its indexes unknown from here on. */
    void forget(String key, String reason) {
        relations.remove(key);
        unknownRelations.putIfAbsent(key, reason);
    }

    boolean isUnknown(String key) {
        return everythingUnknown != null || unknownRelations.containsKey(key);
    }

    @Nullable
    Relation relation(String key) {
        return relations.get(key);
    }

    void put(String key, Relation relation) {
        unknownRelations.remove(key);
        relations.put(key, relation);
    }

    void drop(String key) {
        relations.remove(key);
        unknownRelations.remove(key);
        indexes.values().removeIf(index -> index.table().equals(key));
    }

    void rename(String from, String to) {
        Relation relation = relations.remove(from);
        if (relation != null) {
            relations.put(to, relation);
            indexes.replaceAll(
                    (name, index) -> index.table().equals(from) ? new IndexEntry(to, index.mentions()) : index);
        }
    }

    void forgetReferencesTo(String key, String reason) {
        relations.values().forEach(relation -> relation.constraints.forgetReferencesTo(key, reason));
    }

    void forgetViews(String reason) {
        List<String> views = relations.entrySet().stream()
                .filter(entry -> entry.getValue().view)
                .map(Map.Entry::getKey)
                .toList();
        views.forEach(view -> forget(view, reason));
    }

    Map<String, IndexEntry> indexEntries() {
        return indexes;
    }

    /**
     * Adds an index.
     *
     * @param definition the words of its definition, which contain the names that it depends on
     */
    void addIndex(String name, String table, List<SqlWords.Word> definition) {
        indexes.put(
                key(name),
                new IndexEntry(
                        table,
                        definition.stream()
                                .filter(SqlWords.Word::isName)
                                .map(word -> key(stored(word)))
                                .collect(Collectors.toSet())));
    }
}
