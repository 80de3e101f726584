package dev.turnstone.tool;

import dev.turnstone.database.TestDatabase;
import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.dialect.StartLock;
import dev.turnstone.execution.DatabaseException;
import dev.turnstone.execution.StepListener;
import dev.turnstone.execution.offline.OfflineScript;
import dev.turnstone.execution.session.MigrationSession;
import dev.turnstone.execution.session.MigrationSession.NonEmptySchema;
import dev.turnstone.history.VersionTable;
import dev.turnstone.revision.Direction;
import dev.turnstone.revision.RevisionGraph;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.revision.Step;
import dev.turnstone.revision.Target;
import dev.turnstone.scenario.FindingClass;
import dev.turnstone.scenario.HistoryPlace;
import dev.turnstone.scenario.MigrationTool;
import dev.turnstone.scenario.StepRefusedException;
import dev.turnstone.scenario.ToolSession;
import dev.turnstone.source.Downgrade;
import dev.turnstone.source.Format;
import dev.turnstone.source.Scripts;
import dev.turnstone.source.TransactionMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The engine of Turnstone as a migration tool. */
public final class BundledEngine implements MigrationTool {

    private final Scripts scripts;
    private final @Nullable HistoryPlace place;

    /**
     * Creates a tool for a history that no other process can find.
     *
     * @param scripts the history
     */
    public BundledEngine(Scripts scripts) {
        this(scripts, null);
    }

    /**
     * Creates a tool for a history.
     *
     * @param scripts the history
     * @param place where another process finds the history, or null if no other process can
     */
    public BundledEngine(Scripts scripts, @Nullable HistoryPlace place) {
        this.scripts = scripts;
        this.place = place;
    }

    @Override
    public Optional<HistoryPlace> place() {
        return Optional.ofNullable(place);
    }

    /** Returns the history with the body of each revision. */
    public Scripts scripts() {
        return scripts;
    }

    @Override
    public RevisionGraph graph() {
        return scripts.graph();
    }

    @Override
    public Format format() {
        return scripts.format();
    }

    @Override
    public Downgrade downgrade(RevisionId id, Dialect dialect) {
        return scripts.script(id).downgrade(dialect.name());
    }

    @Override
    public TransactionMode transaction(RevisionId id, Dialect dialect) {
        return scripts.script(id).transaction(Direction.UPGRADE, dialect.name());
    }

    @Override
    public Optional<String> rerunExempt(RevisionId id) {
        return Optional.ofNullable(scripts.script(id).rerunExempt());
    }

    @Override
    public Optional<String> lossy(RevisionId id) {
        return Optional.ofNullable(scripts.script(id).lossy());
    }

    @Override
    public Optional<String> exempt(RevisionId id, FindingClass policy) {
        return Optional.ofNullable(scripts.script(id).exemptions().get(policy.label()));
    }

    @Override
    public Optional<String> locks(RevisionId id) {
        return Optional.ofNullable(scripts.script(id).exemptions().get("locks"));
    }

    @Override
    public List<SqlStatement> statements(Dialect dialect) {
        return scripts.inOrder().stream()
                .flatMap(script -> StatementsWithoutDatabase.of(script, dialect).stream())
                .toList();
    }

    @Override
    public List<RevisionId> unseen(Dialect dialect) {
        return scripts.inOrder().stream()
                .filter(script -> script.checksum() == null)
                .filter(script -> !StatementsWithoutDatabase.areComplete(script, dialect))
                .map(script -> script.revision().id())
                .toList();
    }

    /** {@inheritDoc} Only a SQL file has a checksum. A revision class can use a connection directly. */
    @Override
    public boolean tellsAll(RevisionId id) {
        return scripts.script(id).checksum() != null;
    }

    @Override
    public String script(Dialect dialect, Step step) {
        return complete(OfflineScript.of(scripts, scriptedTable(dialect), step));
    }

    @Override
    public String script(Dialect dialect, Direction direction) {
        return complete(
                direction == Direction.UPGRADE
                        ? OfflineScript.upgrade(scripts, scriptedTable(dialect), "heads")
                        : OfflineScript.downgrade(scripts, scriptedTable(dialect), "heads:base"));
    }

    private static VersionTable scriptedTable(Dialect dialect) {
        // The client's settings choose the schema, as for any user of the script.
        return new VersionTable(dialect, dialect.scriptSchema(), VersionTable.DEFAULT_NAME);
    }

    private static String complete(OfflineScript script) {
        script.requireComplete();
        return script.text();
    }

    @Override
    public ToolSession on(TestDatabase database) {
        return new Session(database);
    }

    private interface Command<T> {
        T run(MigrationSession session) throws SQLException;
    }

    private final class Session implements ToolSession {
        private static final int VALID_SECONDS = 5;

        private final Dialect dialect;
        private final Connection connection;
        private final MigrationSession session;
        private final List<SqlStatement> ran = new ArrayList<>();
        private final List<RevisionId> revisions = new ArrayList<>();
        private @Nullable StartLock lock;
        private @Nullable String passedOver;

        Session(TestDatabase database) {
            dialect = database.dialect();
            try {
                connection = database.dataSource().getConnection();
                session = new MigrationSession(
                        connection,
                        scripts,
                        new VersionTable(database.dialect(), database.scope().schema(), VersionTable.DEFAULT_NAME),
                        database.scope(),
                        new StepListener() {
                            @Override
                            public void ran(Step step, List<SqlStatement> statements) {
                                ran.addAll(statements);
                                revisions.add(step.revision().id());
                            }

                            @Override
                            public void preconditionFailed(Step step, String said, boolean isPassedOver) {
                                passedOver = isPassedOver ? said : passedOver;
                            }
                        });
            } catch (SQLException e) {
                throw new DatabaseException("connect to " + database.describe(), e);
            }
        }

        private <T> T inSession(Command<T> command) {
            ran.clear();
            revisions.clear();
            passedOver = null;
            try {
                return command.run(session);
            } catch (SQLException e) {
                throw isConnected()
                        ? new StepRefusedException(dialect, e)
                        : new DatabaseException("migrate the test database", e);
            }
        }

        private boolean isConnected() {
            try {
                return connection.isValid(VALID_SECONDS);
            } catch (SQLException e) {
                return false;
            }
        }

        /** Holds the start lock from the first single step on, so that no other process migrates between two steps. */
        private void keepOthersOut() throws SQLException {
            if (lock == null) {
                lock = session.keepOthersOut();
            }
        }

        private List<SqlStatement> statements() {
            return List.copyOf(ran);
        }

        @Override
        public List<RevisionId> ran() {
            return List.copyOf(revisions);
        }

        @Override
        public Optional<String> passedOver() {
            return Optional.ofNullable(passedOver);
        }

        @Override
        public List<SqlStatement> upgradeOne(RevisionId id) {
            return inSession(s -> {
                keepOthersOut();
                s.upgradeOne(id);
                return statements();
            });
        }

        @Override
        public List<SqlStatement> downgradeOne(RevisionId id) {
            return inSession(s -> {
                keepOthersOut();
                s.downgradeOne(id);
                return statements();
            });
        }

        @Override
        public List<SqlStatement> upgrade(String target) {
            return inSession(s -> {
                // The database was created for this run. It can only contain what the user wants before the history.
                s.upgrade(Target.parse(target), NonEmptySchema.ALLOWED);
                return statements();
            });
        }

        @Override
        public List<SqlStatement> runBody(RevisionId id, Direction direction) {
            return inSession(s -> {
                s.runBody(id, direction);
                return statements();
            });
        }

        @Override
        public void mark(RevisionId id) {
            inSession(s -> {
                s.mark(id);
                return id;
            });
        }

        @Override
        public void stamp(String target) {
            inSession(s -> s.stamp(List.of(Target.parse(target))));
        }

        @Override
        public Set<RevisionId> current() {
            return inSession(MigrationSession::current);
        }

        /**
         * {@inheritDoc} The connection is unwrapped, so that statements of readers are not counted or cancelled as the
         * engine's.
         */
        @Override
        public Optional<Connection> connection() {
            try {
                return Optional.of(connection.unwrap(Connection.class));
            } catch (SQLException e) {
                return Optional.empty();
            }
        }

        @Override
        public void close() {
            try (Connection closed = connection;
                    StartLock given = lock) {
                lock = null;
            } catch (SQLException e) {
                throw new DatabaseException("close the connection to the test database", e);
            }
        }
    }
}
