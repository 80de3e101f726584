package dev.turnstone.dialect.postgresql.tracking;

import dev.turnstone.dialect.SchemaTracker;
import dev.turnstone.dialect.Scope;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.dialect.postgresql.catalog.CatalogQuery;
import dev.turnstone.dialect.postgresql.catalog.CatalogQuery.Rows;
import dev.turnstone.dialect.postgresql.catalog.CatalogQueryRunner;
import dev.turnstone.dialect.postgresql.catalog.CatalogReader;
import dev.turnstone.dialect.postgresql.catalog.CatalogRow;
import dev.turnstone.dialect.postgresql.catalog.ObjectGroup;
import dev.turnstone.dialect.postgresql.catalog.PreparedQueries;
import dev.turnstone.dialect.postgresql.catalog.ReadRetry;
import dev.turnstone.schema.Schema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tracks a scope of a database in which {@link ChangeWatch} is installed: it reads again the changed objects and their
 * dependents.
 */
public final class WatchedSchema implements SchemaTracker {

    private static final Logger LOG = LoggerFactory.getLogger(WatchedSchema.class);

    private final Connection connection;
    private final Scope scope;
    private final CatalogReader reader;
    private final CatalogQuery selected;
    private final String changes;

    /** The query texts, by the set of present entries: composing a text takes as long as running the query. */
    private final Map<Set<String>, String> selectedQueries = new HashMap<>();

    private final PreparedQueries queries;

    private GroupedSchema known = new GroupedSchema(List.of());

    /** Relations with a parent or child by inheritance. The change of one can change the others without a record. */
    private Set<Long> inheriting = Set.of();

    /** The snapshot up to which {@link #known} is complete; null before the first full read. */
    private @Nullable String snapshot;

    /** The digest of names; see {@link Changes#names}. */
    private @Nullable String names;

    private int fullReads;

    public WatchedSchema(Connection connection, Scope scope) throws SQLException {
        this.connection = connection;
        this.scope = scope;
        this.reader = new CatalogReader(connection, scope);
        this.selected = new CatalogQuery(connection.getMetaData().getDatabaseMajorVersion(), scope, Rows.PICKED);
        this.changes = ChangeQuery.in(scope);
        new CatalogQueryRunner(scope.schema()).applyToSession(connection);
        this.queries = new PreparedQueries(connection);
    }

    @Override
    public Schema read() throws SQLException {
        return ReadRetry.run(scope, () -> {
            if (snapshot == null || !readChanges(snapshot)) {
                readAll();
            }
            return known.schema();
        });
    }

    private void readAll() throws SQLException {
        snapshot = null;
        fullReads++;
        String before = currentSnapshot();
        Changes since = changesSince(before);
        inheriting = inheriting();
        known = new GroupedSchema(reader.rows(Rows.GROUPED));
        names = since.names();
        snapshot = before;
    }

    /**
     * Applies the recorded changes.
     *
     * @return false if a change requires a full read
     */
    private boolean readChanges(String since) throws SQLException {
        Changes found = changesSince(since);
        String reason = fullReadReason(found);
        if (reason != null) {
            LOG.debug("Reads all of schema {} again because of {}.", scope.schema(), reason);
            return false;
        }
        if (!found.isEmpty()) {
            Set<String> keys = new HashSet<>(found.keys());
            Set<Long> relations = new HashSet<>(found.oids(ObjectGroup.RELATION));
            for (Changes.Gone gone : found.gone()) {
                if (gone.group() == ObjectGroup.RELATION && !known.has(gone.key())) {
                    known.relationsWithIndex(gone.name()).forEach(oid -> {
                        keys.add(ObjectGroup.RELATION.key(oid));
                        relations.add(oid);
                    });
                }
                keys.add(gone.key());
            }
            // A dropped index belongs to its table, and the index itself cannot be read any more.
            found.gone().stream()
                    .filter(gone -> gone.group() == ObjectGroup.RELATION)
                    .forEach(gone -> relations.remove(gone.oid()));
            if (scope.extent() == Scope.Extent.DATABASE) {
                keys.add(ObjectGroup.DATABASE.key());
            }
            known.replace(keys, readSelected(found, relations));
        }
        snapshot = found.snapshot();
        return true;
    }

    private @Nullable String fullReadReason(Changes found) {
        if (found.fullReadReason() != null) {
            return found.fullReadReason();
        }
        if (!found.names().equals(names)) {
            return "a renamed role or a changed database owner";
        }
        if (found.relations().stream().anyMatch(inheriting::contains)) {
            return "inheritance";
        }
        for (Changes.Gone gone : found.gone()) {
            if (gone.elsewhere() && known.has(gone.key())) {
                return "a move to another schema";
            }
            if (!gone.elsewhere() && !known.has(gone.key()) && !gone.onlyDropped()) {
                return "an object that was both changed and dropped";
            }
            if (inheriting.contains(gone.oid())) {
                return "inheritance";
            }
        }
        return null;
    }

    private List<CatalogRow> readSelected(Changes found, Set<Long> relations) throws SQLException {
        if (relations.isEmpty() && found.groups().isEmpty() && scope.extent() == Scope.Extent.SCHEMA) {
            return List.of();
        }
        Set<String> present = found.present(!found.oids(ObjectGroup.RELATION).containsAll(relations));
        return queries.query(
                selectedQueries.computeIfAbsent(present, selected::objects),
                List.of(
                        oids(relations),
                        oids(found.oids(ObjectGroup.TYPE)),
                        oids(found.oids(ObjectGroup.ROUTINE)),
                        oids(found.oids(ObjectGroup.STATISTICS))),
                rows -> CatalogQuery.rows(rows, present));
    }

    private static String oids(Set<Long> oids) {
        return oids.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
    }

    private Changes changesSince(String since) throws SQLException {
        return queries.query(changes, List.of(since), Changes::of);
    }

    private String currentSnapshot() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT pg_current_snapshot()::text")) {
            rows.next();
            return rows.getString(1);
        }
    }

    private Set<Long> inheriting() throws SQLException {
        Set<Long> found = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT inhrelid, inhparent FROM pg_catalog.pg_inherits")) {
            while (rows.next()) {
                found.add(rows.getLong(1));
                found.add(rows.getLong(2));
            }
        }
        return found;
    }

    @Override
    public void ran(List<SqlStatement> statements) {
        if (statements.stream().anyMatch(statement -> UntrackedStatements.test(statement.text()))) {
            forget();
        }
    }

    @Override
    public void forget() {
        snapshot = null;
    }

    @Override
    public int fullReads() {
        return fullReads;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
