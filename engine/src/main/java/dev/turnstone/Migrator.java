package dev.turnstone;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.Scope;
import dev.turnstone.execution.DatabaseException;
import dev.turnstone.execution.EditedRevision;
import dev.turnstone.execution.MigrationSession;
import dev.turnstone.execution.MigrationSession.NonEmptySchema;
import dev.turnstone.execution.NotAtHeadsException;
import dev.turnstone.execution.RunOptions;
import dev.turnstone.execution.StepListener;
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
 * Applies and takes back an application's migrations.
 *
 * <pre>{@code
 * Migrator.of(dataSource).upgrade("head"); // revisions from classpath:db/migrations
 * }</pre>
 *
 * <p>Immutable and thread-safe: each command takes a connection of its own from the data source and gives it back. Several
 * processes may start at once on one database; each revision is applied once. The history is loaded when the migrator is
 * made, and serves all its commands.
 */
public final class Migrator {

    /** Where revisions are looked for when no one says otherwise. */
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
     * A migrator for the revisions in {@value #DEFAULT_LOCATION}.
     *
     * @param dataSource gives connections; without a transaction
     * @throws dev.turnstone.error.TurnstoneException when the revisions there do not make a history
     */
    public static Migrator of(DataSource dataSource) {
        return of(dataSource, DEFAULT_LOCATION);
    }

    /**
     * A migrator for the revisions in some locations, taken together.
     *
     * @param dataSource gives connections; without a transaction
     * @param locations each {@code classpath:some/folder}, or the path of a directory
     * @throws dev.turnstone.error.TurnstoneException when the revisions there do not make a history
     */
    public static Migrator of(DataSource dataSource, String... locations) {
        return of(
                dataSource,
                Scripts.load(Stream.of(locations)
                        .map(location -> RevisionSources.parse(location, classLoader()))
                        .toList()));
    }

    private static ClassLoader classLoader() {
        ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
        return ofThread == null ? Migrator.class.getClassLoader() : ofThread;
    }

    /** A migrator for a history that is already loaded. */
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

    /** This migrator with another name for the version table, such as {@code alembic_version}. */
    public Migrator withVersionTable(String name) {
        return new Migrator(dataSource, scripts, name, versionTableSchema, nonEmptySchema, listener, options);
    }

    /**
     * This migrator with the version table in a schema of its own.
     *
     * @param schema an existing schema; null for the one in which unqualified names are made
     */
    public Migrator withVersionTableSchema(@Nullable String schema) {
        return new Migrator(dataSource, scripts, versionTable, schema, nonEmptySchema, listener, options);
    }

    /** This migrator, willing to begin the history in a schema that already holds something. */
    public Migrator allowNonEmpty() {
        return new Migrator(
                dataSource, scripts, versionTable, versionTableSchema, NonEmptySchema.ALLOWED, listener, options);
    }

    /** This migrator, telling {@code stepListener} of each step. */
    public Migrator withListener(StepListener stepListener) {
        return new Migrator(
                dataSource, scripts, versionTable, versionTableSchema, nonEmptySchema, stepListener, options);
    }

    /**
     * This migrator, going about its steps as {@code runOptions} says: transactions, time-outs, attempts, hooks.
     *
     * @see RunOptions#DEFAULT
     */
    public Migrator with(RunOptions runOptions) {
        return new Migrator(
                dataSource, scripts, versionTable, versionTableSchema, nonEmptySchema, listener, runOptions);
    }

    /** How this migrator goes about its steps. */
    public RunOptions options() {
        return options;
    }

    /** The history. */
    public Scripts scripts() {
        return scripts;
    }

    /** The graph of the history's revisions. */
    public RevisionGraph graph() {
        return scripts.graph();
    }

    /**
     * Applies what leads to a target.
     *
     * @param target an id, {@code head}, {@code heads}, {@code +N}, or another form that {@link Target} knows
     * @return the steps that ran; empty where the database is there already
     * @throws dev.turnstone.error.TurnstoneException when the target cannot be found or reached, or a revision fails; the
     *     message says what state was left
     */
    public List<Step> upgrade(String target) {
        return inSession("upgrade", session -> session.upgrade(Target.parse(target), nonEmptySchema));
    }

    /**
     * Takes back what lies above a target.
     *
     * @param target an id, {@code base}, {@code -N}, or another form that {@link Target} knows
     * @return the steps that ran
     * @throws dev.turnstone.error.TurnstoneException when the target cannot be found or reached, when a revision on the
     *     way cannot be taken back, or when one fails; the message says what state was left
     */
    public List<Step> downgrade(String target) {
        return inSession("downgrade", session -> session.downgrade(Target.parse(target)));
    }

    /**
     * Sets the version without running anything: for a database whose schema is already that of the targets.
     *
     * @param targets ids or other forms that {@link Target} knows; {@code base} for an empty version table
     * @return the version rows afterwards
     */
    public Set<RevisionId> stamp(String... targets) {
        return inSession(
                "stamp",
                session -> session.stamp(Stream.of(targets).map(Target::parse).toList()));
    }

    /**
     * Empties the version table, whatever it names, and sets the version without running anything: for a database whose
     * version rows are of no use any more.
     *
     * @param targets ids or other forms that {@link Target} knows; {@code base} for an empty version table
     * @return the version rows afterwards
     */
    public Set<RevisionId> purgeAndStamp(String... targets) {
        return inSession(
                "stamp",
                session -> session.purgeAndStamp(
                        Stream.of(targets).map(Target::parse).toList()));
    }

    /** Makes the version table where it is not there yet, and changes nothing else. */
    public void ensureVersionTable() {
        inSession("make the version table of", session -> {
            session.ensureVersionTable();
            return Set.of();
        });
    }

    /**
     * Checks that all revisions are applied. Changes nothing.
     *
     * @throws NotAtHeadsException when one is not; names what is applied and what the heads are
     */
    public void checkHeads() {
        Set<RevisionId> rows = current();
        if (!graph().currentTips(rows).equals(heads())) {
            throw new NotAtHeadsException(rows, graph());
        }
    }

    /** The heads of what is applied; empty for a database that was never migrated. Makes no version table. */
    public Set<RevisionId> current() {
        return inSession("read the version of", MigrationSession::current);
    }

    /**
     * The applied revisions that were edited later, by id: their files are not what they were. Changes nothing; none for
     * revisions in Java, and none in a database that another tool's version table was taken over from.
     */
    public List<EditedRevision> edited() {
        return inSession("read the checksums of", MigrationSession::edited);
    }

    /** All revisions, newest first. */
    public List<Revision> history() {
        List<Revision> newestFirst = new ArrayList<>(scripts.graph().revisions());
        Collections.reverse(newestFirst);
        return newestFirst;
    }

    /** The revisions that no other one follows. */
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
        Dialect dialect = Dialect.of(connection);
        Scope scope = dialect.currentScope(connection);
        String schema = versionTableSchema == null ? scope.schema() : versionTableSchema;
        return new MigrationSession(
                connection, scripts, new VersionTable(dialect, schema, versionTable), scope, listener, options);
    }
}
