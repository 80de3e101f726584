package dev.turnstone.execution.offline;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.dialect.SqlStatement.Traits;
import dev.turnstone.execution.IrreversibleRevisionException;
import dev.turnstone.execution.MissingDowngradeException;
import dev.turnstone.execution.NeedsConnectionException;
import dev.turnstone.execution.OfflineRangeException;
import dev.turnstone.execution.StateLeftBehind;
import dev.turnstone.execution.TargetVersionException;
import dev.turnstone.execution.TransactionControlException;
import dev.turnstone.execution.Transactions;
import dev.turnstone.execution.UnscriptedPreconditionException;
import dev.turnstone.execution.session.PathChecks;
import dev.turnstone.execution.step.RecordingOperations;
import dev.turnstone.execution.step.RevisionChecksums;
import dev.turnstone.execution.step.TransactionPlan;
import dev.turnstone.history.VersionTable;
import dev.turnstone.revision.Direction;
import dev.turnstone.revision.Revision;
import dev.turnstone.revision.RevisionGraph;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.revision.StampStep;
import dev.turnstone.revision.Step;
import dev.turnstone.revision.Target;
import dev.turnstone.source.ConditionalMigration;
import dev.turnstone.source.Downgrade;
import dev.turnstone.source.MigrationScript;
import dev.turnstone.source.Preconditions;
import dev.turnstone.source.Scripts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A script with the SQL that a run would execute, for the dialect's command-line client. It is written without a
 * connection.
 *
 * <p>The schema at the start is computed from the upgrades of the revisions that are applied there; guards are answered
 * from it. If a guard needs the state of the database, the step is marked and the script ends before it. As in a run,
 * each revision and its version row are one transaction.
 */
public final class OfflineScript {

    private final Scripts scripts;
    private final VersionTable versionTable;
    private final Dialect dialect;
    private final ReplayedSchema schema;
    private final RevisionChecksums checksums;
    private final @Nullable TargetVersion target;
    private final List<String> lines = new ArrayList<>();
    private @Nullable NeedsConnectionException stopped;
    private boolean foreignKeysAreOff;

    private OfflineScript(Scripts scripts, VersionTable versionTable, @Nullable String clientVersion) {
        this.target = clientVersion == null ? null : TargetVersion.parse(clientVersion);
        this.scripts = scripts;
        this.versionTable = versionTable;
        this.dialect = versionTable.dialect();
        this.schema = new ReplayedSchema(dialect, clientVersion);
        this.checksums = new RevisionChecksums(versionTable, scripts);
    }

    /**
     * Writes an upgrade for any version of the client.
     *
     * @see #upgrade(Scripts, VersionTable, String, String)
     */
    public static OfflineScript upgrade(Scripts scripts, VersionTable versionTable, String range) {
        return upgrade(scripts, versionTable, range, null);
    }

    /**
     * Writes an upgrade.
     *
     * @param versionTable with an empty schema if the client's settings determine the schema
     * @param range {@code TO}, which starts at an empty database, or {@code FROM:TO}
     * @param clientVersion the version of the client that runs the script, for example {@code 3.54}; null for the
     *     oldest
     * @throws TargetVersionException for a statement that {@code clientVersion} does not support
     * @throws OfflineRangeException if the start is relative
     * @throws dev.turnstone.error.TurnstoneException if the target does not exist or cannot be reached
     */
    public static OfflineScript upgrade(
            Scripts scripts, VersionTable versionTable, String range, @Nullable String clientVersion) {
        OfflineScript script = new OfflineScript(scripts, versionTable, clientVersion);
        Range read = Range.parse(range, scripts.graph());
        Set<RevisionId> rows = script.rows(read.from() == null ? "base" : read.from());
        script.write("upgrade", scripts.graph().upgradePath(rows, Target.parse(read.to())), rows);
        return script;
    }

    /**
     * Writes a downgrade for any version of the client.
     *
     * @see #downgrade(Scripts, VersionTable, String, String)
     */
    public static OfflineScript downgrade(Scripts scripts, VersionTable versionTable, String range) {
        return downgrade(scripts, versionTable, range, null);
    }

    /**
     * Writes a downgrade.
     *
     * @param versionTable with an empty schema if the client's settings determine the schema
     * @param range {@code FROM:TO}
     * @param clientVersion the version of the client that runs the script, for example {@code 3.54}; null for the
     *     oldest
     * @throws TargetVersionException for a statement that {@code clientVersion} does not support
     * @throws OfflineRangeException if the range has no start
     * @throws IrreversibleRevisionException if a revision of the path is irreversible
     * @throws MissingDowngradeException if a revision of the path has no downgrade
     * @throws dev.turnstone.error.TurnstoneException if the target does not exist or cannot be reached
     */
    public static OfflineScript downgrade(
            Scripts scripts, VersionTable versionTable, String range, @Nullable String clientVersion) {
        OfflineScript script = new OfflineScript(scripts, versionTable, clientVersion);
        Range read = Range.parse(range, scripts.graph());
        if (read.from() == null) {
            throw OfflineRangeException.noStart(range);
        }
        Set<RevisionId> rows = script.rows(read.from());
        List<Step> path = scripts.graph().downgradePath(rows, Target.parse(read.to()));
        PathChecks.requireDowngrades(path, scripts, script.dialect);
        script.write("downgrade", path, rows);
        return script;
    }

    /**
     * Writes one step.
     *
     * @param versionTable with an empty schema if the client's settings determine the schema
     * @param step the step, which starts at its {@linkplain Step#before() version rows}
     * @throws TransactionControlException if its transaction cannot contain one of its statements
     */
    public static OfflineScript of(Scripts scripts, VersionTable versionTable, Step step) {
        OfflineScript script = new OfflineScript(scripts, versionTable, null);
        script.replayTo(step.before());
        script.write(step.direction() == Direction.UPGRADE ? "upgrade" : "downgrade", List.of(step), step.before());
        return script;
    }

    /**
     * Writes a change of only the version.
     *
     * @param versionTable with an empty schema if the client's settings determine the schema
     * @param targets the new heads; the first may be {@code FROM:TO}, otherwise the script starts at an empty
     *     database
     * @throws OfflineRangeException if the start is relative
     * @throws dev.turnstone.error.TurnstoneException if a target does not exist
     */
    public static OfflineScript stamp(Scripts scripts, VersionTable versionTable, Collection<String> targets) {
        OfflineScript script = new OfflineScript(scripts, versionTable, null);
        Set<RevisionId> rows = Set.of();
        List<Target> to = new ArrayList<>();
        for (String target : targets) {
            Range read = Range.parse(target, scripts.graph());
            rows = read.from() == null ? rows : script.rows(read.from());
            to.add(Target.parse(read.to()));
        }
        script.addHeader("stamp");
        script.lines.add("");
        script.add(script.dialect.beginStatement());
        script.add(versionTable.createStatement());
        script.checksums.createForScript().forEach(script::add);
        Set<RevisionId> after = rows;
        for (StampStep move : scripts.graph().stampPath(rows, to)) {
            versionTable.statements(move.rowChanges()).forEach(script::add);
            after = move.after();
        }
        script.checksums.statements(rows, after).forEach(script::add);
        script.add("COMMIT");
        return script;
    }

    /** The start of a script, if given, and its end. */
    private record Range(@Nullable String from, String to) {

        static Range parse(String text, RevisionGraph graph) {
            int colon = text.indexOf(':');
            boolean isId = !text.isBlank()
                    && graph.find(RevisionId.spelled(text.strip())).isPresent();
            return colon < 0 || isId
                    ? new Range(null, text)
                    : new Range(text.substring(0, colon), text.substring(colon + 1));
        }
    }

    /** Returns the version rows at the start, and computes the schema there. */
    private Set<RevisionId> rows(String from) {
        String start = from.isBlank() ? "base" : from.strip();
        if (start.matches("[+-]\\d+") || start.contains("current")) {
            throw OfflineRangeException.relative(start);
        }
        Set<RevisionId> named = new TreeSet<>();
        scripts.graph().resolve(start, Set.of()).forEach(revision -> named.add(revision.id()));
        Set<RevisionId> rows = scripts.graph().maximal(scripts.graph().ancestorsOf(named));
        replayTo(rows);
        return rows;
    }

    private void replayTo(Set<RevisionId> rows) {
        Set<RevisionId> applied = scripts.graph().ancestorsOf(rows);
        scripts.graph().revisions().stream()
                .filter(revision -> applied.contains(revision.id()))
                .forEach(this::replay);
    }

    private void replay(Revision revision) {
        try {
            statements(scripts.script(revision.id()), Direction.UPGRADE);
        } catch (ReplayedSchema.Unknown unknown) {
            schema.forget("the effect of revision " + revision.id() + " is known only with a connection");
        }
    }

    /** Returns the statements of a revision in order, and applies them to the computed schema. */
    private List<SqlStatement> statements(MigrationScript script, Direction direction) {
        List<SqlStatement> all = new ArrayList<>();
        RecordingOperations.Outlet outlet = statements -> {
            all.addAll(statements);
            statements.forEach(statement -> StatementReplay.apply(statement, schema));
        };
        RecordingOperations operations =
                new RecordingOperations(dialect, schema, script.revision().origin(), outlet);
        if (direction == Direction.UPGRADE) {
            script.migration().upgrade(operations);
        } else if (script.downgrade(dialect.name()) instanceof Downgrade.Defined) {
            script.migration().downgrade(operations);
        }
        outlet.send(operations.takeRecorded());
        return all;
    }

    private void addHeader(String command) {
        lines.add("-- turnstone " + command + ", for " + dialect.title() + "; run it with "
                + dialect.client().program() + ".");
        // Without this line the client continues after a failure, and later revisions would run on an incomplete one.
        lines.add(dialect.client().stopAtFailure());
    }

    private void write(String command, List<Step> path, Set<RevisionId> rows) {
        addHeader(command);
        if (path.isEmpty()) {
            lines.add("-- Nothing to do.");
        }
        List<String> tables = new ArrayList<>();
        if (rows.isEmpty() && command.equals("upgrade")) {
            tables.add(versionTable.createStatement());
        }
        tables.addAll(checksums.createForScript());
        for (Step step : path) {
            lines.add("");
            lines.add("-- " + command + " " + StateLeftBehind.version(step.before()) + " -> "
                    + StateLeftBehind.version(step.after())
                    + (step.revision().message().isEmpty()
                            ? ""
                            : ", " + step.revision().message().replaceAll("\\s+", " ")));
            if (stopped != null) {
                lines.add("-- Not written, because it comes after a step that needs a connection.");
                continue;
            }
            try {
                write(step, tables);
                tables = List.of();
            } catch (ReplayedSchema.Unknown unknown) {
                stopped = new NeedsConnectionException(step.revision(), step.direction(), unknown.reason());
                lines.add("-- NEEDS A CONNECTION: " + unknown.reason().replaceAll("\\s+", " ") + ".");
            }
        }
        if (foreignKeysAreOff) {
            lines.add("");
            lines.add(ScriptedForeignKeys.LEFT_OFF);
        }
    }

    private void write(Step step, List<String> tables) {
        MigrationScript script = scripts.script(step.revision().id());
        if (step.direction() == Direction.UPGRADE) {
            addPreconditions(script);
        }
        List<SqlStatement> body = statements(script, step.direction());
        if (target != null) {
            body.forEach(statement -> target.check(step.revision(), statement, dialect));
        }
        TransactionPlan plan =
                TransactionPlan.of(script, step.direction(), dialect, Transactions.PER_REVISION, true, () -> body);
        plan.check(script, body);
        boolean together = plan.extent() == TransactionPlan.Extent.REVISION;
        boolean rebuilds = body.stream().anyMatch(statement -> statement.traits() == Traits.REBUILDS);
        if (rebuilds) {
            add(ScriptedForeignKeys.OFF);
            foreignKeysAreOff = true;
        }
        if (together) {
            add(dialect.beginStatement());
            if (rebuilds) {
                ScriptedForeignKeys.recording().forEach(this::add);
            }
        }
        tables.forEach(this::add);
        plan.sections(body).forEach(this::add);
        if (!together) {
            add(dialect.beginStatement());
        } else if (rebuilds) {
            ScriptedForeignKeys.checking().forEach(this::add);
        }
        versionTable.statements(step.rowChanges()).forEach(this::add);
        checksums.statements(step).forEach(this::add);
        add("COMMIT");
    }

    /** A script cannot check preconditions. Each set of preconditions declares what to do in that case. */
    private void addPreconditions(MigrationScript script) {
        if (!(script.migration() instanceof ConditionalMigration conditional)) {
            return;
        }
        conditional.preconditions(dialect.name()).ifPresent(preconditions -> {
            if (preconditions.inScripts() == Preconditions.InScripts.TEST) {
                throw new ReplayedSchema.Unknown(
                        "its preconditions", "they must be checked before a script is written (onSqlOutput:TEST)");
            }
            if (preconditions.inScripts() == Preconditions.InScripts.FAIL) {
                throw new UnscriptedPreconditionException(script.revision());
            }
            for (Preconditions.Check check : preconditions.checks()) {
                lines.add("-- Not checked in a script: "
                        + check.sql().on(dialect.name()).replaceAll("\\s+", " ") + " must return '"
                        + check.expected().replaceAll("\\s+", " ") + "'.");
            }
        });
    }

    /** Adds a section with the statements that begin and end transactions around it. */
    private void add(TransactionPlan.Section section) {
        switch (section.place()) {
            case OUTSIDE -> {
                add("COMMIT");
                section.statements().forEach(this::add);
                add(dialect.beginStatement());
            }
            case OWN_TRANSACTION -> {
                add(dialect.beginStatement());
                ScriptedForeignKeys.recording().forEach(this::add);
                section.statements().forEach(this::add);
                ScriptedForeignKeys.checking().forEach(this::add);
                add("COMMIT");
            }
            case TRANSACTION, NONE -> section.statements().forEach(this::add);
        }
    }

    private void add(String sql) {
        lines.add(sql + ";");
    }

    /** Adds a statement. The data of {@code COPY … FROM stdin} follows it, in the format of the client. */
    private void add(SqlStatement statement) {
        add(statement.text());
        if (statement.copyData() != null) {
            lines.add(statement.copyData() + "\\.");
        }
    }

    /** Returns the script; if a step needs a connection, up to that step. */
    public String text() {
        return String.join("\n", lines) + "\n";
    }

    /**
     * Checks that the script contains every step.
     *
     * @throws NeedsConnectionException for the first step that needs a connection
     */
    public void requireComplete() {
        if (stopped != null) {
            throw stopped;
        }
    }
}
