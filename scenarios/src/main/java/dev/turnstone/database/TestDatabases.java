package dev.turnstone.database;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.Dialects;
import dev.turnstone.dialect.JdbcDataSource;
import dev.turnstone.dialect.postgresql.PostgresDialect;
import dev.turnstone.dialect.sqlite.SqliteDialect;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes test databases, and sees to it that none is left.
 *
 * <p>Thread-safe. One for each JVM is usual; several share the embedded server. The first use of a server or directory in
 * a JVM removes what earlier, killed runs left there: only what carries Turnstone's marker, and never what a running
 * process owns. When the process ends before {@link #close()}, as by Ctrl-C or SIGTERM, a shutdown hook closes them.
 */
public final class TestDatabases implements AutoCloseable {

    /** How long what is being made when the process ends may take until it is there, and can be dropped. */
    private static final Duration MAKING_ENDS_WITHIN = Duration.ofSeconds(3);

    private static final String FILE_FOR_EACH = ", a file for each test";

    private final DatabaseSettings settings;
    private final Set<OwnedDatabase> open = ConcurrentHashMap.newKeySet();
    private final Set<OwnedDatabase> dropped = ConcurrentHashMap.newKeySet();
    private final Object lock = new Object();
    private final AtomicInteger making = new AtomicInteger();
    private @Nullable Workspace workspace;
    private volatile @Nullable PostgresServer postgres;
    private @Nullable Lease lease;
    private @Nullable NamedServerRun namedRun;
    private @Nullable SqliteFolder sqlite;
    private @Nullable ClusterLock clusterLock;
    private boolean onEmbedded;
    private volatile boolean closed;
    private volatile int left;

    /** Where this object's SQLite files are. */
    private record SqliteFolder(Driver driver, String title, Workspace.Claim claim, Path path) {}

    private TestDatabases(DatabaseSettings settings) {
        this.settings = settings;
    }

    /** Makes databases as the settings say. Opens and starts nothing yet. */
    public static TestDatabases with(DatabaseSettings settings) {
        return new TestDatabases(settings);
    }

    /**
     * Makes an empty database.
     *
     * @param isolation how it is kept apart on PostgreSQL; SQLite does not look at it
     * @throws DatabaseUnreachableException when a server was named and does not let us in
     * @throws EmbeddedServerException when no server was named and none can be started
     * @throws MissingPrivilegeException when the server's user may not create it
     * @throws TestDatabaseException when it fails for another reason; nothing is left behind
     * @throws InterruptedRunException when the process ends
     * @throws IllegalStateException after {@link #close()}
     */
    public TestDatabase create(Dialect dialect, Isolation isolation) {
        return made(dialect, () -> isSqlite(dialect) ? sqliteFile() : postgres(isolation));
    }

    /**
     * Returns the dialects that test databases can be created for.
     *
     * @return never empty, in the order of registration
     */
    public static List<Dialect> dialects() {
        return Dialects.all().stream().filter(TestDatabases::canCreate).toList();
    }

    private static boolean canCreate(Dialect dialect) {
        return dialect.equals(SqliteDialect.INSTANCE) || dialect.equals(PostgresDialect.INSTANCE);
    }

    /** Returns true for SQLite, which has files, and false for PostgreSQL, which has a server. */
    private static boolean isSqlite(Dialect dialect) {
        if (!canCreate(dialect)) {
            throw new TestDatabaseException(
                    "No test database can be created on " + dialect.title() + ". Turnstone creates them on "
                            + dialects().stream().map(Dialect::title).collect(Collectors.joining(" and "))
                            + " only.",
                    null);
        }
        return dialect.equals(SqliteDialect.INSTANCE);
    }

    /** Whether the process ends, and what was made in it is being dropped. Other threads cannot make databases then. */
    public static boolean isInterrupted() {
        return Interruption.isUnderWay();
    }

    /** Does work that may make something, and that an interruption waits for. */
    private <T> T making(Supplier<T> work) {
        if (closed) {
            throw alreadyClosed();
        }
        making.incrementAndGet();
        try {
            Interruption.opened(this);
            return work.get();
        } finally {
            making.decrementAndGet();
            if (closed && !Interruption.isUnderWay()) {
                Interruption.closed(this);
            }
        }
    }

    private interface Making {
        OwnedDatabase run() throws SQLException, IOException;
    }

    private TestDatabase made(Dialect dialect, Making work) {
        return making(() -> madeBy(dialect, work));
    }

    private TestDatabase madeBy(Dialect dialect, Making work) {
        OwnedDatabase database;
        try {
            database = work.run();
        } catch (SQLException | IOException e) {
            throw new TestDatabaseException(
                    "No test database could be made on " + dialect.title() + ": " + e.getMessage()
                            + "\nNothing usable was created; a rest, if any, is removed by the next run."
                            + (e instanceof SQLException refusal && dialect.isDiskFull(refusal) ? diskFull() : ""),
                    e);
        }
        open.add(database);
        database.whenDropped(gone -> {
            open.remove(gone);
            if (gone.isIsolationBroken()) {
                dropped.add(gone);
            }
        });
        synchronized (lock) {
            if (!closed) {
                return database;
            }
        }
        database.close();
        throw alreadyClosed();
    }

    /**
     * What a crash at this moment would leave of an SQLite database: its file, with the journal or the write-ahead log
     * beside it, in another place. They are copied by a process of its own: closing a copy in this one would drop the locks
     * that this process has on the database.
     *
     * @param database an SQLite database of these; whoever is writing to it waits meanwhile
     * @return a new database, which no one has opened yet, so that nothing is rolled back or replayed
     * @throws TestDatabaseException when it cannot be copied
     */
    public TestDatabase crashImageOf(TestDatabase database) {
        if (!(database instanceof SqliteFile file)) {
            throw new IllegalArgumentException("An image is of an SQLite database, not of " + database.describe());
        }
        return making(() -> {
            try {
                SqliteFile image = sqliteFile();
                open.add(image);
                image.whenDropped(open::remove);
                image.become(file);
                return image;
            } catch (SQLException | IOException e) {
                throw new TestDatabaseException(
                        "No image could be taken of " + database.describe() + ": " + e.getMessage(), e);
            }
        });
    }

    /**
     * Names the server that databases are made on, for reports. Connects to it, or starts it, where that was not done.
     *
     * @return for example {@code PostgreSQL 17.11, embedded} or {@code PostgreSQL 15.18 at db:5432 (DATABASE_URL)}
     * @throws DatabaseUnreachableException when a server was named and does not let us in
     * @throws EmbeddedServerException when no server was named and none can be started
     */
    public String server(Dialect dialect) {
        return making(() -> {
            try {
                return isSqlite(dialect) ? sqlite().title() : postgres().title();
            } catch (SQLException | IOException e) {
                throw new TestDatabaseException(
                        dialect.title() + " cannot be used: " + e.getMessage() + "\nNothing was created.", e);
            }
        });
    }

    /** Whether a PostgreSQL server is used that a URL names, and not one that Turnstone starts. */
    public boolean isServerNamed() {
        return settings.postgres() != null;
    }

    /** Whether the user allows histories to change what the run did not make. */
    public boolean areClusterChangesAllowed() {
        return settings.clusterChangesAllowed();
    }

    /**
     * Keeps other processes that ask for the same from changing what the databases of the server share, until this object is
     * closed. Waits for them. On a server that ends with this process there are no others.
     *
     * @throws TestDatabaseException when another run does not end in time, or the server refuses the lock
     */
    public void serialiseClusterChanges() {
        try {
            PostgresServer server = postgres();
            synchronized (lock) {
                if (clusterLock == null && server.outlivesProcess()) {
                    clusterLock = ClusterLock.of(server);
                }
            }
        } catch (SQLException e) {
            throw new TestDatabaseException(
                    "The lock for cluster-wide changes could not be taken: " + e.getMessage()
                            + "\nNothing was created.",
                    e);
        }
    }

    /**
     * What separates the histories of a dialect from what Turnstone did not create. Connects to the server, or starts it,
     * if that was not done.
     *
     * @return never null; {@link Boundary#FILE} for SQLite
     * @throws DatabaseUnreachableException when a server was named and refuses the connection
     * @throws EmbeddedServerException when no server was named and none can be started
     */
    public Boundary boundary(Dialect dialect) {
        if (isSqlite(dialect)) {
            return Boundary.FILE;
        }
        try {
            PostgresServer server = postgres();
            NamedServerRun run = namedRun();
            if (run != null) {
                return run.boundary();
            }
            return EmbeddedServer.is(server) ? Boundary.OWN_SERVER : Boundary.CONTAINER;
        } catch (SQLException | IOException e) {
            throw new TestDatabaseException(
                    dialect.title() + " cannot be used: " + e.getMessage() + "\nNothing usable was created.", e);
        }
    }

    /**
     * Names the server given by URL, as the first line of a run's output: the setting that gives it, the database, the
     * role, whether that is a superuser, and what is created there. Connects to it if that was not done; creates nothing.
     *
     * @return a sentence without any password; empty for SQLite and for a server that Turnstone starts
     * @throws DatabaseUnreachableException when the server refuses the connection
     */
    public Optional<String> announcement(Dialect dialect) {
        if (settings.postgres() == null || isSqlite(dialect)) {
            return Optional.empty();
        }
        try {
            postgres();
        } catch (SQLException e) {
            throw new TestDatabaseException(
                    dialect.title() + " cannot be used: " + e.getMessage() + "\nNothing was created.", e);
        }
        return announcement();
    }

    /** As {@link #announcement(Dialect)} if the server is connected to; empty if it is not. Connects to nothing. */
    public Optional<String> announcement() {
        return Optional.ofNullable(namedRun()).map(NamedServerRun::announcement);
    }

    /**
     * What to do after a server given by URL refused a right (SQLSTATE 42501) to the role that Turnstone created for the
     * histories. Connects to nothing.
     *
     * @param failure the failure of a statement of a history, or an exception that it caused
     * @return empty for every other failure
     */
    public Optional<String> remedy(Throwable failure) {
        NamedServerRun run = namedRun();
        return run == null ? Optional.empty() : run.remedy(failure);
    }

    private @Nullable NamedServerRun namedRun() {
        synchronized (lock) {
            return namedRun;
        }
    }

    /**
     * Makes a database with all that another holds, faster than a long history makes it. On PostgreSQL the other must
     * have been made with {@link Isolation#DATABASE}, and nobody may be connected to it.
     *
     * @param original was made by this object, and is not closed
     * @throws MissingPrivilegeException when the server's user may not create databases
     * @throws TestDatabaseException when it fails for another reason; nothing is left behind
     */
    public TestDatabase copy(TestDatabase original) {
        if (original instanceof PostgresDatabase database) {
            return made(original.dialect(), () -> database.copy(RandomName.next(), workspace()));
        }
        if (original instanceof SqliteFile file) {
            return made(original.dialect(), () -> {
                SqliteFile copy = sqliteFile();
                file.copyTo(copy);
                return copy;
            });
        }
        throw new IllegalArgumentException(original.describe() + " cannot be copied.");
    }

    /**
     * Whether {@link #copy} makes another like this one. A PostgreSQL database with settings, rights or subscriptions of its
     * own has what a copy lacks.
     *
     * @throws TestDatabaseException when the server does not say
     */
    public static boolean isCopyable(TestDatabase original) {
        try {
            return original instanceof SqliteFile
                    || (original instanceof PostgresDatabase database && database.isCopiedWhole());
        } catch (SQLException e) {
            throw new TestDatabaseException(
                    original.describe() + " could not be looked at: " + e.getMessage() + "\nNothing was copied.", e);
        }
    }

    /**
     * The same database, whose connections are kept for the next one who asks, where opening them takes long. At most
     * {@value PooledDatabase#MOST_CONNECTIONS} are open at a time; who wants one more waits.
     */
    public static TestDatabase pooled(TestDatabase database) {
        return isSqlite(database.dialect()) ? database : new PooledDatabase(database);
    }

    /**
     * Ends a preparation of a pooled database: who takes a connection from now on finds no setting and no temporary table
     * of those who had one before. All connections were given back.
     *
     * @param database of {@link #pooled}
     */
    public static void forgetSessions(TestDatabase database) {
        if (database instanceof PooledDatabase pooled) {
            pooled.forgetSessions();
        }
    }

    /**
     * As {@link #forgetSessions}, and also what the driver remembers of them, such as the ids of types that may have been
     * made anew since.
     *
     * @param database of {@link #pooled}
     */
    public static void endSessions(TestDatabase database) {
        if (database instanceof PooledDatabase pooled) {
            pooled.endSessions();
        }
    }

    /** Whether databases were made on the embedded server of this JVM. */
    public boolean useEmbedded() {
        synchronized (lock) {
            return onEmbedded;
        }
    }

    /**
     * What was configured and is not used and, after {@link #close()}, what the comparison of a server given by URL has
     * found that is no error. Each is a sentence for a person.
     */
    public List<String> notes() {
        NamedServerRun run = namedRun();
        return run == null
                ? settings.notes()
                : Stream.concat(settings.notes().stream(), run.notes().stream()).toList();
    }

    /**
     * Drops all databases that are still there. The embedded server runs on, for others in this process.
     *
     * @throws TestDatabaseException when some could not be dropped; it names them
     * @throws IsolationBrokenException when something outside a database of a test was changed, and nobody has called
     *     {@link TestDatabase#requireIsolation()} on that, or when a server given by URL is not as it was before; names it
     */
    @Override
    public void close() {
        SqliteFolder folder;
        PostgresServer server;
        Lease held;
        synchronized (lock) {
            closed = true;
            folder = sqlite;
            sqlite = null;
            server = postgres;
            held = lease;
            lease = null;
        }
        TestDatabaseException failure = null;
        int failed = 0;
        for (OwnedDatabase database : open) {
            database.close();
            if (!open.contains(database)) {
                continue;
            }
            try {
                database.drop();
            } catch (SQLException | IOException | RuntimeException e) {
                failure = leftBehind(failure, database.describe(), e);
                failed++;
            }
        }
        left = failed;
        open.clear();
        releaseClusterLock();
        NamedServerRun run = namedRun();
        IsolationBrokenException changed = null;
        if (run != null) {
            try {
                run.end();
            } catch (IsolationBrokenException e) {
                changed = e;
            } catch (SQLException | RuntimeException e) {
                failure = leftBehind(failure, "The scratch database or the role of this run", e);
            }
        }
        if (server != null) {
            EmbeddedServer.released(this);
            server.closeIdle();
        }
        if (folder != null) {
            try {
                folder.claim.release();
            } catch (IOException e) {
                failure = leftBehind(failure, folder.path.toString(), e);
            }
        }
        if (held != null) {
            held.close();
        }
        if (!Interruption.isUnderWay()) {
            Interruption.closed(this);
        }
        if (failure != null) {
            if (changed != null) {
                failure.addSuppressed(changed);
            }
            throw failure;
        }
        if (changed != null) {
            throw changed;
        }
        dropped.forEach(OwnedDatabase::requireIsolation);
    }

    /** How many databases are there now. */
    int countOpen() {
        return open.size();
    }

    /**
     * Closes these when the process ends: what another thread is making is awaited for a short time, and then dropped
     * with all others.
     *
     * @return how many databases could not be dropped
     */
    int closeInterrupted() {
        closed = true;
        long end = System.nanoTime() + MAKING_ENDS_WITHIN.toNanos();
        while (making.get() > 0 && System.nanoTime() < end) {
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        PostgresServer server = postgres;
        if (server != null && !server.outlivesProcess()) {
            server.stopped(); // with all its databases, once this is done
        }
        left = open.size();
        try {
            close();
        } catch (TestDatabaseException e) {
            // What is left is counted.
        }
        return left;
    }

    /**
     * Stops the embedded server of this JVM, with all that is in it. Without this call it stops when the JVM ends. A
     * later {@link #with} starts another where one is needed.
     */
    public static void stopEmbedded() {
        EmbeddedServer.stop();
    }

    /**
     * Stops the embedded server of this JVM, unless other databases that are not closed were made on it: then the last
     * of them to call this, after {@link #close()}, stops it.
     */
    public static void stopEmbeddedIfUnused() {
        EmbeddedServer.stopIfUnused();
    }

    private void releaseClusterLock() {
        synchronized (lock) {
            if (clusterLock != null) {
                clusterLock.close();
                clusterLock = null;
            }
        }
    }

    /** Which databases outlive their test. */
    public Keep keep() {
        return settings.keep();
    }

    private SqliteFile sqliteFile() throws SQLException, IOException {
        SqliteFolder folder = sqlite();
        return SqliteFile.create(
                folder.driver,
                folder.path.resolve(RandomName.next() + ".db"),
                workspace().kept(),
                folder.title,
                settings.sqlite());
    }

    private OwnedDatabase postgres(Isolation isolation) throws SQLException, IOException {
        PostgresServer server = postgres();
        NamedServerRun run = namedRun();
        return switch (isolation) {
            case SCHEMA -> PostgresSchema.create(run == null ? server : run.schemas(), RandomName.next());
            case DATABASE ->
                PostgresDatabase.create(run == null ? server : run.databases(), RandomName.next(), workspace());
        };
    }

    private PostgresServer postgres() throws SQLException {
        synchronized (lock) {
            if (closed) {
                throw alreadyClosed();
            }
            PostgresServer current = postgres;
            if (current == null || current.isStopped()) {
                PostgresServer found = new ServerSearch(settings, workspace(), this).find();
                if (found.outlivesProcess()) {
                    lease = Lease.take(found);
                }
                onEmbedded = EmbeddedServer.is(found);
                Reaper.sweepOnce(found, workspace());
                namedRun = found.named() == null
                        ? null
                        : NamedServerRun.on(found, workspace(), settings.clusterChangesAllowed());
                postgres = found;
                current = found;
            }
            return current;
        }
    }

    private SqliteFolder sqlite() throws SQLException, IOException {
        synchronized (lock) {
            if (closed) {
                throw alreadyClosed();
            }
            if (sqlite == null) {
                Driver driver = JdbcDataSource.driver(SqliteDialect.INSTANCE);
                String title = SqliteFile.title(driver) + FILE_FOR_EACH;
                Workspace.Claim claim = workspace().claim(Workspace.Area.SQLITE, RandomName.next(), null);
                sqlite = new SqliteFolder(driver, title, claim, workspace().make(claim));
            }
            return sqlite;
        }
    }

    private Workspace workspace() {
        synchronized (lock) {
            if (workspace == null) {
                Workspace opened = Workspace.at(settings.directory());
                Reaper.sweepOnce(opened);
                workspace = opened;
            }
            return workspace;
        }
    }

    private static TestDatabaseException leftBehind(
            @Nullable TestDatabaseException first, String what, Exception cause) {
        TestDatabaseException failure = new TestDatabaseException(
                what + " could not be dropped: " + cause.getMessage()
                        + "\nIt is left behind. The next run drops it where it can; else drop it by hand.",
                cause);
        if (first == null) {
            return failure;
        }
        first.addSuppressed(failure);
        return first;
    }

    private String diskFull() {
        return " The disk is full: free space on that of " + settings.directory()
                + ", or set turnstone.directory to a directory on another disk.";
    }

    private static RuntimeException alreadyClosed() {
        if (Interruption.isUnderWay()) {
            return new InterruptedRunException();
        }
        return new IllegalStateException(
                "These TestDatabases are closed; make others with TestDatabases.with(settings).");
    }
}
