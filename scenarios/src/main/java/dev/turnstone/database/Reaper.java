package dev.turnstone.database;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the objects of killed runs: only objects with Turnstone's marker whose {@link Owner} is gone.
 *
 * <p>Does not throw: an object that cannot be removed is logged.
 */
final class Reaper {

    private static final Logger LOG = LoggerFactory.getLogger(Reaper.class);
    private static final Set<String> SWEPT = ConcurrentHashMap.newKeySet();

    private Reaper() {}

    /** Removes abandoned files and servers, the first time in this process that the directory is used. */
    static void sweepOnce(Workspace workspace) {
        if (SWEPT.add(workspace.root().toString())) {
            sweep(workspace);
        }
    }

    /** Removes abandoned schemas and databases, the first time in this process that the server is used. */
    static void sweepOnce(PostgresServer server, Workspace workspace) {
        if (SWEPT.add(server.identity())) {
            sweep(server, workspace);
        }
    }

    static void sweep(Workspace workspace) {
        for (Workspace.Claim claim : abandoned(workspace, Workspace.Area.SQLITE)) {
            release(claim);
        }
        for (Workspace.Claim claim : abandoned(workspace, Workspace.Area.POSTGRES)) {
            try {
                new OrphanedServer(claim.directory()).stop();
                release(claim);
            } catch (IOException e) {
                notRemoved(claim, e);
            }
        }
    }

    static void sweep(PostgresServer server, Workspace workspace) {
        try (Connection connection = server.connect()) {
            List<MarkedObject> found = new ArrayList<>(announced(server, connection, workspace));
            found.addAll(MarkedObject.schemas(connection));
            found.addAll(MarkedObject.databases(connection));
            found.addAll(MarkedObject.roles(connection));
            for (MarkedObject marked : Lease.ofGoneOwners(found, connection)) {
                drop(marked, server, connection);
            }
            for (Workspace.Claim claim : abandoned(workspace, Workspace.Area.DATABASES)) {
                if (isOf(server, claim)) {
                    release(claim);
                }
            }
        } catch (SQLException | IOException e) {
            LOG.warn("{} could not be searched for objects of earlier runs: {}", server.title(), e.toString());
            LOG.debug("Why it could not be searched", e);
        }
    }

    /** Marks databases whose process was killed before it could mark them. */
    private static List<MarkedObject> announced(PostgresServer server, Connection connection, Workspace workspace)
            throws SQLException, IOException {
        List<MarkedObject> found = new ArrayList<>();
        for (Workspace.Claim claim : abandoned(workspace, Workspace.Area.DATABASES)) {
            Owner owner = Owner.read(Owner.Kind.DATABASE, claim.lines().get(0)).orElseThrow();
            try (PreparedStatement statement = connection.prepareStatement("SELECT oid FROM pg_database"
                    + " WHERE datname = ? AND shobj_description(oid, 'pg_database') IS NULL")) {
                statement.setString(1, claim.name());
                try (ResultSet rows = statement.executeQuery()) {
                    if (isOf(server, claim) && rows.next()) {
                        found.add(new MarkedObject(Owner.Kind.DATABASE, claim.name(), rows.getLong(1), owner));
                    }
                }
            }
        }
        return found;
    }

    private static boolean isOf(PostgresServer server, Workspace.Claim claim) throws IOException {
        List<String> lines = claim.lines();
        return lines.size() > 1 && lines.get(1).equals(server.identity());
    }

    private static void drop(MarkedObject marked, PostgresServer server, Connection connection) {
        try {
            Set<String> roles =
                    marked.kind() == Owner.Kind.DATABASE ? RecordedRoles.of(connection, marked.name()) : Set.of();
            marked.drop(server, connection);
            RecordedRoles.drop(connection, roles);
            LOG.info("Dropped {} {} of an earlier run.", marked.kind().word(), marked.name());
        } catch (SQLException | RuntimeException e) {
            LOG.warn(
                    "{} {} of an earlier run could not be dropped: {}",
                    marked.kind().word(),
                    marked.name(),
                    e.toString());
            LOG.debug("Why it could not be dropped", e);
        }
    }

    private static List<Workspace.Claim> abandoned(Workspace workspace, Workspace.Area area) {
        try {
            return workspace.abandoned(area);
        } catch (IOException e) {
            LOG.warn("{} could not be searched for objects of earlier runs: {}", workspace.root(), e.toString());
            LOG.debug("Why it could not be searched", e);
            return List.of();
        }
    }

    private static void release(Workspace.Claim claim) {
        try {
            claim.release();
            LOG.info("Removed {} of an earlier run.", claim.directory());
        } catch (IOException e) {
            notRemoved(claim, e);
        }
    }

    /** Logs one line for the user, and the stack trace at debug level. */
    private static void notRemoved(Workspace.Claim claim, IOException e) {
        LOG.warn("{} of an earlier run could not be removed: {}", claim.directory(), e.toString());
        LOG.debug("Why it could not be removed", e);
    }
}
