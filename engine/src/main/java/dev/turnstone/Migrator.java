package dev.turnstone;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.Dialects;
import dev.turnstone.dialect.Scope;
import dev.turnstone.execution.DatabaseException;
import dev.turnstone.execution.EditedRevision;
import dev.turnstone.execution.NotAtHeadsException;
import dev.turnstone.execution.RunOptions;
import dev.turnstone.execution.StepListener;
import dev.turnstone.execution.session.MigrationSession;
import dev.turnstone.execution.session.MigrationSession.NonEmptySchema;
import dev.turnstone.history.VersionTable;
import dev.turnstone.revision.Revision;
import dev.turnstone.revision.RevisionGraph;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.revision.Step;
import dev.turnstone.revision.Target;
import dev.turnstone.source.RevisionSources;
import dev.turnstone.source.Scripts;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Applies and reverts an application's migrations.
 *
 * <pre>{@code
 * Migrator.of(dataSource).upgrade("head"); // revisions from classpath:db/migrations
 * }</pre>
 *
 * <p>Immutable and thread-safe. Each command gets its own connection from the data source and closes it. Several
 * processes may start at the same time on one database; each revision is applied once. The history is loaded when the
 * migrator is created and is used for all its commands.
 */
public final class Migrator {

    /** The location of the revisions if none is given. */
    public static final String DEFAULT_LOCATION = "classpath:db/migrations";

    private final DataSource dataSource;
    private final Scripts scripts;
    private final String versionTable;
    private final @Nullable String versionTableSchema;
    private final NonEmptySchema nonEmptySchema;
    private final StepListener listener;
    private final RunOptions options;

    private Migrator(
            DataSource dataSource,
            Scripts scripts,
            String versionTable,
            @Nullable String versionTableSchema,
            NonEmptySchema nonEmptySchema,
            StepListener listener,
            RunOptions options) {
        this.dataSource = dataSource;
        this.scripts = scripts;
        this.versionTable = versionTable;
        this.versionTableSchema = versionTableSchema;
        this.nonEmptySchema = nonEmptySchema;
        this.listener = listener;
        this.options = options;
    }

    /**
     * Returns a migrator for the revisions in {@value #DEFAULT_LOCATION}.
     *
     * @param dataSource provides connections that have no open transaction
     * @throws dev.turnstone.error.TurnstoneException if the revisions do not form a valid history
     */
    public static Migrator of(DataSource dataSource) {
        return of(dataSource, DEFAULT_LOCATION);
    }

    /**
     * Returns a migrator for the revisions of one or more locations, which together form one history.
     *
     * @param dataSource provides connections that have no open transaction
     * @param locations {@code classpath:some/folder} or the path of a directory
     * @throws dev.turnstone.error.TurnstoneException if the revisions do not form a valid history
     */
    public static Migrator of(DataSource dataSource, String... locations) {
        return of(
                dataSource,
                Scripts.load(Stream.of(locations)
                        .map(location -> RevisionSources.parse(location, classLoader()))
                        .toList()));
    }

    private static ClassLoader classLoader() {
        ClassLoader contextLoader = Thread.currentThread().getContextClassLoader();
        return contextLoader == null ? Migrator.class.getClassLoader() : contextLoader;
    }

    /** Returns a migrator for a history that is already loaded. */
    public static Migrator of(DataSource dataSource, Scripts scripts) {
        return new Migrator(
                dataSource,
                scripts,
                VersionTable.DEFAULT_NAME,
                null,
                NonEmptySchema.REFUSED,
                StepListener.NONE,
                RunOptions.DEFAULT);
    }

    /** Returns a copy that uses another name for the version table, such as {@code alembic_version}. */
    public Migrator withVersionTable(String name) {
        return new Migrator(dataSource, scripts, name, versionTableSchema, nonEmptySchema, listener, options);
    }

    /**
     * Returns a copy that keeps the version table in another schema.
     *
     * @param schema an existing schema; null for the schema in which unqualified names are created
     */
    public Migrator withVersionTableSchema(@Nullable String schema) {
        return new Migrator(dataSource, scripts, versionTable, schema, nonEmptySchema, listener, options);
    }

    /** Returns a copy that may start the history in a schema that already contains objects. */
    public Migrator allowNonEmpty() {
        return new Migrator(
                dataSource, scripts, versionTable, versionTableSchema, NonEmptySchema.ALLOWED, listener, options);
    }

    /** Returns a copy that reports each step to {@code stepListener}. */
    public Migrator withListener(StepListener stepListener) {
        return new Migrator(
                dataSource, scripts, versionTable, versionTableSchema, nonEmptySchema, stepListener, options);
    }

    /**
     * Returns a copy that runs its steps with other options: transactions, timeouts, attempts, hooks.
     *
     * @see RunOptions#DEFAULT
     */
    public Migrator with(RunOptions runOptions) {
        return new Migrator(
                dataSource, scripts, versionTable, versionTableSchema, nonEmptySchema, listener, runOptions);
    }

    /** Returns the options with which this migrator runs its steps. */
    public RunOptions options() {
        return options;
    }

    /** Returns the loaded history. */
    public Scripts scripts() {
        return scripts;
    }

    /** Returns the graph of the history's revisions. */
    public RevisionGraph graph() {
        return scripts.graph();
    }

    /**
     * Applies every revision that the target needs and that is not applied yet.
     *
     * @param target an id, {@code head}, {@code heads}, {@code +N}, or another form that {@link Target} accepts
     * @return the steps that ran; empty if the database is already at the target
     * @throws dev.turnstone.error.TurnstoneException if the target does not exist or cannot be reached, or if a
     *     revision fails; the message states the state left behind
     */
    public List<Step> upgrade(String target) {
        return inSession("upgrade", session -> session.upgrade(Target.parse(target), nonEmptySchema));
    }

    /**
     * Reverts every applied revision above the target.
     *
     * @param target an id, {@code base}, {@code -N}, or another form that {@link Target} accepts
     * @return the steps that ran
     * @throws dev.turnstone.error.TurnstoneException if the target does not exist or cannot be reached, if a
     *     revision above it is irreversible, or if a revision fails; the message states the state left behind
     */
    public List<Step> downgrade(String target) {
        return inSession("downgrade", session -> session.downgrade(Target.parse(target)));
    }

    /**
     * Sets the version without running a revision, for a database whose schema is already that of the targets.
     *
     * @param targets ids or other forms that {@link Target} accepts; {@code base} for an empty version table
     * @return the version rows after the stamp
     */
    public Set<RevisionId> stamp(String... targets) {
        return inSession(
                "stamp",
                session -> session.stamp(Stream.of(targets).map(Target::parse).toList()));
    }

    /**
     * Deletes all version rows, whatever they contain, and sets the version without running a revision. Use it if the
     * version rows name revisions that no longer exist.
     *
     * @param targets ids or other forms that {@link Target} accepts; {@code base} for an empty version table
     * @return the version rows after the stamp
     */
    public Set<RevisionId> purgeAndStamp(String... targets) {
        return inSession(
                "stamp",
                session -> session.purgeAndStamp(
                        Stream.of(targets).map(Target::parse).toList()));
    }

    /** Creates the version table if it does not exist, and changes nothing else. */
    public void ensureVersionTable() {
        inSession("create the version table of", session -> {
            session.ensureVersionTable();
            return Set.of();
        });
    }

    /**
     * Checks that all revisions are applied. Changes nothing.
     *
     * @throws NotAtHeadsException if a revision is not applied; the message lists the applied revisions and the
     *     heads
     */
    public void checkHeads() {
        Set<RevisionId> rows = current();
        if (!graph().currentTips(rows).equals(heads())) {
            throw new NotAtHeadsException(rows, graph());
        }
    }

    /**
     * Returns the heads of the applied revisions; empty for a database that was never migrated. Creates no version
     * table.
     */
    public Set<RevisionId> current() {
        return inSession("read the version of", MigrationSession::current);
    }

    /**
     * Returns the applied revisions whose files were edited after they were applied, sorted by id. Changes nothing. The
     * list never contains revisions in Java, and it is empty for a database whose version table was taken over from
     * another tool.
     */
    public List<EditedRevision> edited() {
        return inSession("read the checksums of", MigrationSession::edited);
    }

    /** Returns all revisions, newest first. */
    public List<Revision> history() {
        List<Revision> newestFirst = new ArrayList<>(scripts.graph().revisions());
        Collections.reverse(newestFirst);
        return newestFirst;
    }

    /** Returns the revisions that no other revision has as a parent. */
    public Set<RevisionId> heads() {
        return scripts.graph().heads();
    }

    private interface Command<T> {
        T run(MigrationSession session) throws SQLException;
    }

    private <T> T inSession(String action, Command<T> command) {
        try (Connection connection = connect()) {
            boolean autoCommit = connection.getAutoCommit();
            try {
                connection.setAutoCommit(true);
                return command.run(session(connection));
            } finally {
                if (!autoCommit && !connection.isClosed()) {
                    connection.setAutoCommit(false);
                }
            }
        } catch (SQLException e) {
            throw new DatabaseException(action + " the database", e);
        }
    }

    private Connection connect() {
        try {
            return dataSource.getConnection();
        } catch (SQLException e) {
            throw new DatabaseException(
                    "connect to the database",
                    e,
                    "Nothing was run. Check the address, the user, and that the server is running.");
        }
    }

    private MigrationSession session(Connection connection) throws SQLException {
        Dialect dialect = Dialects.of(connection);
        Scope scope = dialect.currentScope(connection);
        String schema = versionTableSchema == null ? scope.schema() : versionTableSchema;
        return new MigrationSession(
                connection, scripts, new VersionTable(dialect, schema, versionTable), scope, listener, options);
    }
}
