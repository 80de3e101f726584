package dev.turnstone.dialect.postgresql;

import dev.turnstone.dialect.SchemaTracker;
import dev.turnstone.dialect.Scope;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.dialect.postgresql.CatalogQuery.Rows;
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

/** A scope of a database that a {@link ChangeWatch} is on: what it names is read again, with what depends on it. */
final class WatchedSchema implements SchemaTracker {

    private static final Logger LOG = LoggerFactory.getLogger(WatchedSchema.class);

    private final Connection connection;
    private final Scope scope;
    private final CatalogReader reader;
    private final CatalogQuery picked;
    private final String changes;

    /** By what is present, the question: to put it together takes as long as to have it answered. */
    private final Map<Set<String>, String> pickedTexts = new HashMap<>();

    private final KeptQuestions questions;

    private GroupedSchema known = new GroupedSchema(List.of());

    /** Those with ancestors or descendants: a change of one can change the others without a word. */
    private Set<Long> relatives = Set.of();

    /** Up to when everything is known; null when nothing is. */
    private @Nullable String moment;

    /** What roles and the like are called. */
    private @Nullable String names;

    private int fullReads;

    WatchedSchema(Connection connection, Scope scope) throws SQLException {
        this.connection = connection;
        this.scope = scope;
        this.reader = new CatalogReader(connection, scope);
        this.picked = new CatalogQuery(connection.getMetaData().getDatabaseMajorVersion(), scope, Rows.PICKED);
        this.changes = ChangeQuery.in(scope);
        new CatalogLook(scope.schema()).settle(connection);
        this.questions = new KeptQuestions(connection);
    }

    @Override
    public Schema read() throws SQLException {
        return SteadyLook.at(scope, () -> {
            if (moment == null || !readChanges(moment)) {
                readAll();
            }
            return known.schema();
        });
    }

    private void readAll() throws SQLException {
        moment = null;
        fullReads++;
        String before = now();
        Changes since = changesSince(before);
        relatives = relatives();
        known = new GroupedSchema(reader.look(Rows.GROUPED));
        names = since.names();
        moment = before;
    }

    /** @return false when something can have changed that is not told apart */
    private boolean readChanges(String since) throws SQLException {
        Changes found = changesSince(since);
        String unclear = whyAll(found);
        if (unclear != null) {
            LOG.debug("All of {} is read, because of {}.", scope.schema(), unclear);
            return false;
        }
        if (!found.isNothing()) {
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
            // An index goes with its table, and there is nothing left of that to ask for.
            found.gone().stream()
                    .filter(gone -> gone.group() == ObjectGroup.RELATION)
                    .forEach(gone -> relations.remove(gone.oid()));
            if (scope.extent() == Scope.Extent.DATABASE) {
                keys.add(ObjectGroup.DATABASE.key());
            }
            known.replace(keys, pick(found, relations));
        }
        moment = found.moment();
        return true;
    }

    private @Nullable String whyAll(Changes found) {
        if (found.unclear() != null) {
            return found.unclear();
        }
        if (!found.names().equals(names)) {
            return "the name of a role, or the database's owner";
        }
        if (found.relations().stream().anyMatch(relatives::contains)) {
            return "inheritance";
        }
        for (Changes.Gone gone : found.gone()) {
            if (gone.elsewhere() && known.has(gone.key())) {
                return "a move to another schema";
            }
            if (!gone.elsewhere() && !known.has(gone.key()) && !gone.onlyDropped()) {
                return "what was both changed and dropped";
            }
            if (relatives.contains(gone.oid())) {
                return "inheritance";
            }
        }
        return null;
    }

    private List<CatalogRow> pick(Changes found, Set<Long> relations) throws SQLException {
        if (relations.isEmpty() && found.groups().isEmpty() && scope.extent() == Scope.Extent.SCHEMA) {
            return List.of();
        }
        Set<String> present = found.present(!found.oids(ObjectGroup.RELATION).containsAll(relations));
        return questions.ask(
                pickedTexts.computeIfAbsent(present, picked::objects),
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
        return questions.ask(changes, List.of(since), Changes::of);
    }

    private String now() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT pg_current_snapshot()::text")) {
            rows.next();
            return rows.getString(1);
        }
    }

    private Set<Long> relatives() throws SQLException {
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
        if (statements.stream().anyMatch(statement -> Unwatched.test(statement.text()))) {
            forget();
        }
    }

    @Override
    public void forget() {
        moment = null;
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
