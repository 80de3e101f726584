package dev.turnstone.execution;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.dialect.SqlStatement.Traits;
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
import dev.turnstone.source.TransactionMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a run would do, written down as SQL for the dialect's own client, without any connection.
 *
 * <p>The schema at the start is what the upgrades of the revisions applied there make of an empty one; guards are
 * answered from that. Where a guard asks for what only the database knows, the step is marked and the script ends
 * before it. Each revision is a transaction of its own with its version row, as in a run.
 */
public final class OfflineScript {

    private final Scripts scripts;
    private final VersionTable versionTable;
    private final Dialect dialect;
    private final ReplayedSchema schema;
    private final KeptChecksums checksums;
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
        this.checksums = new KeptChecksums(versionTable, scripts);
    }

    /**
     * Writes an upgrade for a client of whatever version.
     *
     * @see #upgrade(Scripts, VersionTable, String, String)
     */
    public static OfflineScript upgrade(Scripts scripts, VersionTable versionTable, String range) {
        return upgrade(scripts, versionTable, range, null);
    }

    /**
     * Writes an upgrade.
     *
     * @param versionTable with an empty schema where the client's settings choose one
     * @param range {@code TO}, which begins at nothing, or {@code FROM:TO}
     * @param clientVersion that of the client that runs it, for example {@code 3.54}; null for the oldest
     * @throws TargetVersionException for a statement that {@code clientVersion} does not know
     * @throws OfflineRangeException when it begins at a number of steps
     * @throws dev.turnstone.error.TurnstoneException when the target cannot be found or reached
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
     * Writes a downgrade for a client of whatever version.
     *
     * @see #downgrade(Scripts, VersionTable, String, String)
     */
    public static OfflineScript downgrade(Scripts scripts, VersionTable versionTable, String range) {
        return downgrade(scripts, versionTable, range, null);
    }

    /**
     * Writes a downgrade.
     *
     * @param versionTable with an empty schema where the client's settings choose one
     * @param range {@code FROM:TO}
     * @param clientVersion that of the client that runs it, for example {@code 3.54}; null for the oldest
     * @throws TargetVersionException for a statement that {@code clientVersion} does not know
     * @throws OfflineRangeException when it does not say where it begins
     * @throws IrreversibleRevisionException when a revision on the way cannot be taken back
     * @throws MissingDowngradeException when one has no downgrade
     * @throws dev.turnstone.error.TurnstoneException when the target cannot be found or reached
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
        MigrationSession.refuseWhatCannotGoDown(path, scripts, script.dialect);
        script.write("downgrade", path, rows);
        return script;
    }

    /**
     * Writes one step.
     *
     * @param versionTable with an empty schema where the client's settings choose one
     * @param step begins where its {@linkplain Step#before() version rows} say
     * @throws TransactionControlException when its transaction cannot hold it
     */
    public static OfflineScript of(Scripts scripts, VersionTable versionTable, Step step) {
        OfflineScript script = new OfflineScript(scripts, versionTable, null);
        script.replayTo(step.before());
        script.write(step.direction() == Direction.UPGRADE ? "upgrade" : "downgrade", List.of(step), step.before());
        return script;
    }

    /**
     * Writes a change of the version alone.
     *
     * @param versionTable with an empty schema where the client's settings choose one
     * @param targets the new heads; the first may be {@code FROM:TO}, else it begins at nothing
     * @throws OfflineRangeException when it begins at a number of steps
     * @throws dev.turnstone.error.TurnstoneException when a target cannot be found
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
        script.head("stamp");
        script.lines.add("");
        script.add(script.dialect.beginStatement());
        script.add(versionTable.createStatement());
        script.checksums.makingForScript().forEach(script::add);
        Set<RevisionId> after = rows;
        for (StampStep move : scripts.graph().stampPath(rows, to)) {
            versionTable.statements(move.rowChanges()).forEach(script::add);
            after = move.after();
        }
        script.checksums.statements(rows, after).forEach(script::add);
        script.add("COMMIT");
        return script;
    }

    /** Where a script begins, if it says so, and where it ends. */
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

    /** The version rows at the start; the schema is brought there, too. */
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
            schema.forget("what revision " + revision.id() + " did before only the database knows");
        }
    }

    /** What a revision does, in order; the schema follows. */
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

    private void head(String command) {
        lines.add("-- turnstone " + command + ", for " + dialect.title() + "; run it with "
                + dialect.client().program() + ".");
        // Without it the client goes on behind a failure, and later revisions would run on what an earlier one left.
        lines.add(dialect.client().stopAtFailure());
    }

    private void write(String command, List<Step> path, Set<RevisionId> rows) {
        head(command);
        if (path.isEmpty()) {
            lines.add("-- Nothing to do.");
        }
        List<String> tables = new ArrayList<>();
        if (rows.isEmpty() && command.equals("upgrade")) {
            tables.add(versionTable.createStatement());
        }
        tables.addAll(checksums.makingForScript());
        for (Step step : path) {
            lines.add("");
            lines.add("-- " + command + " " + Aftermath.version(step.before()) + " -> "
                    + Aftermath.version(step.after())
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
            body.forEach(statement -> target.check(step.revision(), statement, dialect.name(), dialect.title()));
        }
        boolean together = isOneTransaction(script, step.direction(), body);
        boolean rebuilds = body.stream().anyMatch(OfflineScript::rebuilds);
        if (rebuilds) {
            add(ScriptedForeignKeys.OFF);
            foreignKeysAreOff = true;
        }
        if (together) {
            add(dialect.beginStatement());
            if (rebuilds) {
                ScriptedForeignKeys.noting().forEach(this::add);
            }
        }
        tables.forEach(this::add);
        if (together) {
            addWithGaps(body);
            if (rebuilds) {
                ScriptedForeignKeys.checking().forEach(this::add);
            }
        } else {
            addWithoutTransaction(body);
            add(dialect.beginStatement());
        }
        versionTable.statements(step.rowChanges()).forEach(this::add);
        checksums.statements(step).forEach(this::add);
        add("COMMIT");
    }

    /** A script asks nothing; what its author wants in that case stands with the preconditions. */
    private void addPreconditions(MigrationScript script) {
        if (!(script.migration() instanceof ConditionalMigration conditional)) {
            return;
        }
        conditional.preconditions(dialect.name()).ifPresent(preconditions -> {
            if (preconditions.inScripts() == Preconditions.InScripts.TEST) {
                throw new ReplayedSchema.Unknown(
                        "its preconditions", "its author wants these to be tested for a script too (onSqlOutput:TEST)");
            }
            if (preconditions.inScripts() == Preconditions.InScripts.FAIL) {
                throw new UnscriptedPreconditionException(script.revision());
            }
            for (Preconditions.Check check : preconditions.checks()) {
                lines.add("-- Not asked in a script: whether "
                        + check.sql().on(dialect.name()).replaceAll("\\s+", " ") + " gives '"
                        + check.expected().replaceAll("\\s+", " ") + "'.");
            }
        });
    }

    /** In a transaction, which those statements interrupt that stand outside of it. */
    private void addWithGaps(List<SqlStatement> body) {
        boolean outside = false;
        for (SqlStatement statement : body) {
            if (outside != (statement.traits() == Traits.OUTSIDE)) {
                outside = !outside;
                add(outside ? "COMMIT" : dialect.beginStatement());
            }
            add(statement);
        }
        if (outside) {
            add(dialect.beginStatement());
        }
    }

    private static boolean rebuilds(SqlStatement statement) {
        return statement.traits() == Traits.REBUILDS;
    }

    /** Each statement by itself, but for a rebuild, which has a transaction of its own. */
    private void addWithoutTransaction(List<SqlStatement> body) {
        boolean rebuilding = false;
        for (SqlStatement statement : body) {
            if (rebuilds(statement) && !rebuilding) {
                add(dialect.beginStatement());
                ScriptedForeignKeys.noting().forEach(this::add);
            } else if (!rebuilds(statement) && rebuilding) {
                endRebuild();
            }
            rebuilding = rebuilds(statement);
            add(statement);
        }
        if (rebuilding) {
            endRebuild();
        }
    }

    private void endRebuild() {
        ScriptedForeignKeys.checking().forEach(this::add);
        add("COMMIT");
    }

    private boolean isOneTransaction(MigrationScript script, Direction direction, List<SqlStatement> body) {
        TransactionMode mode = script.transaction(direction, dialect.name());
        if (mode == TransactionMode.PER_REVISION) {
            TransactionControlException.refuseHostile(script.id(), body);
        }
        return mode == TransactionMode.PER_REVISION
                || (mode == TransactionMode.AS_WRITTEN
                        && body.stream().allMatch(s -> s.traits().fitsTransaction()));
    }

    private void add(String sql) {
        lines.add(sql + ";");
    }

    /** The data of {@code COPY … FROM stdin} follows it, as the client reads it. */
    private void add(SqlStatement statement) {
        add(statement.text());
        if (statement.copyData() != null) {
            lines.add(statement.copyData() + "\\.");
        }
    }

    /** The script; where a step needs a connection, up to there. */
    public String text() {
        return String.join("\n", lines) + "\n";
    }

    /**
     * Checks that nothing is left out.
     *
     * @throws NeedsConnectionException for the first step that needs a connection
     */
    public void requireComplete() {
        if (stopped != null) {
            throw stopped;
        }
    }
}
