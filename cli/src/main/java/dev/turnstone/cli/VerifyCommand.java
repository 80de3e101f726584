package dev.turnstone.cli;

import dev.turnstone.database.DatabaseSettings;
import dev.turnstone.database.TestDatabases;
import dev.turnstone.dialect.DatabaseUrl;
import dev.turnstone.dialect.Dialect;
import dev.turnstone.error.TurnstoneException;
import dev.turnstone.operation.SqlText;
import dev.turnstone.report.HistoryReport;
import dev.turnstone.report.SummaryTable;
import dev.turnstone.revision.UnknownRevisionException;
import dev.turnstone.scenario.BaselineFile;
import dev.turnstone.scenario.BaselineNotFoundException;
import dev.turnstone.scenario.Check;
import dev.turnstone.scenario.Outcome;
import dev.turnstone.scenario.Scenario;
import dev.turnstone.scenario.ScenarioContext;
import dev.turnstone.scenario.ScenarioOptions;
import dev.turnstone.scenario.ScenarioOptions.IdempotentBodies;
import dev.turnstone.scenario.ScenarioRun;
import dev.turnstone.scenario.ScenarioRunner;
import dev.turnstone.scenario.SelectedRevisions;
import dev.turnstone.scenario.TimeSpan;
import dev.turnstone.scenario.cursor.HistoryDatabases;
import dev.turnstone.snapshot.UnreadableSnapshotException;
import dev.turnstone.source.Scripts;
import dev.turnstone.tool.BundledEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the scenarios on a directory of migrations, on databases that it creates and drops. */
@Command(
        name = "verify",
        description = {
            "Proves that the migrations in DIR make the round trip.",
            "",
            "Databases are created for the run and dropped after it. PostgreSQL is the server of --url, else of DATABASE_URL; else"
                    + " an embedded server is started."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:no finding of severity error",
            "1:findings of severity error",
            "2:could not run: bad input, or no database",
            "3:could not run: an internal error, or too little memory"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  turnstone verify",
            "  turnstone verify migrations --dialect postgresql --json",
            "  turnstone verify migrations --since origin/main",
            "  turnstone verify --scenario up-down-up,offline --report html"
        })
final class VerifyCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private VerifiedHistories given = new VerifiedHistories();

    @Option(
            names = "--scenario",
            split = ",",
            paramLabel = "NAME",
            description =
                    "fresh-install, stamp-then-noop, up-down-up, idempotent-rerun, rows, cross-dialect: these run by"
                            + " default, the last one only if both dialects run. Only if named: crash,"
                            + " concurrent-start, offline, policies, locks.")
    private List<String> scenarios = List.of();

    @Option(names = "--json", description = "Print the findings as one JSON object on standard output.")
    private boolean json;

    @Option(names = "--report", split = ",", paramLabel = "NAME", description = "html: write one self-contained page.")
    private List<String> reports = List.of();

    @Option(
            names = "--report-directory",
            defaultValue = "turnstone-report",
            paramLabel = "DIR",
            description = "The directory for reports. Default:  ${DEFAULT-VALUE}.")
    private Path reportDirectory = Path.of("turnstone-report");

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "The PostgreSQL server on which test databases are created. The database that it names is not tested.")
    private @Nullable String url;

    @Option(
            names = "--allow-cluster-changes",
            description =
                    "Let the history change what the run did not create: roles, settings and other databases of the server, and"
                            + " files of its host. Only for a server that you can afford to lose.")
    private boolean allowClusterChanges;

    @Option(
            names = "--baseline",
            paramLabel = "FILE[@REVISION]",
            description =
                    "A baseline: SQL that creates the schema of existing databases, and the revision of that schema. Default: head.")
    private @Nullable String baseline;

    @Mixin
    private SnapshotOptions snapshots = new SnapshotOptions();

    @Mixin
    private SeedOptions seeds = new SeedOptions();

    @Mixin
    private ProjectOptions project = new ProjectOptions();

    @Option(
            names = "--idempotent-bodies",
            defaultValue = "by-format",
            paramLabel = "HOW",
            description = "by-format (default), or required: a body that cannot run twice is an error in every format.")
    private String idempotentBodies = "by-format";

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description = "The time limit of one command, such as the upgrade of one revision: 90s, 500ms, 5m. Default:"
                    + " 2m.")
    private @Nullable String timeout;

    @Option(
            names = "--run-timeout",
            paramLabel = "TIME",
            description = "The time limit of the whole run. Default: 60m.")
    private @Nullable String runTimeout;

    @Mixin
    private SinceOption since = new SinceOption();

    @Option(
            names = "--before",
            paramLabel = "FILE",
            description = "SQL that runs in each database before the history, for example CREATE EXTENSION.")
    private @Nullable String before;

    @Option(
            names = "--sqlite-extension",
            paramLabel = "FILE",
            description = "A loadable SQLite extension with functions that the history calls.")
    private @Nullable String sqliteExtension;

    private final RunLimit.Progress doing = new RunLimit.Progress();

    @Override
    public Integer call() {
        List<Scenario> named = namedScenarios();
        requireKnownReports();
        ProjectSettings settled = project.settings();
        ScenarioOptions options = snapshots
                .addedTo(options())
                .with(settled.policies())
                .with(settled.rules())
                .withLockTimeout(settled.run().options().lockTimeout());
        Map<Dialect, Scripts> histories = given.read(since);
        List<Scenario> chosen = scenarios.isEmpty() ? ScenarioRunner.defaults(histories.size()) : named;
        Set<Scripts> loaded = Set.copyOf(histories.values());
        Map<Scripts, SelectedRevisions> selected = ProjectOptions.selected(settled.selection(), loaded);
        Map<Dialect, ScenarioOptions> optionsOn = new HashMap<>();
        histories.forEach((dialect, scripts) ->
                optionsOn.put(dialect, options.with(selected.getOrDefault(scripts, SelectedRevisions.ALL))));
        HistoryReport report = new HistoryReport(
                given.title(),
                histories.values().stream()
                        .map(scripts -> scripts.format().label())
                        .distinct()
                        .collect(Collectors.joining(", ")),
                loaded.stream()
                        .mapToInt(scripts -> scripts.graph().revisions().size())
                        .sum());
        if (!reports.isEmpty()) {
            new ReportDirectory(reportDirectory).prepare();
        }
        if (url != null) {
            DatabaseUrl.parse(url, "--url");
        }
        DatabaseSettings settings = DatabaseSettings.of(this::setting, System.getenv());
        TestDatabases databases = TestDatabases.with(settings);
        boolean ran = false;
        @Nullable Failure atEnd = null;
        try (databases) {
            histories.keySet().stream()
                    .flatMap(dialect -> databases.announcement(dialect).stream())
                    .forEach(this::note);
            loaded.forEach(scripts -> scripts.notes().forEach(this::note));
            databases.notes().forEach(this::note);
            List<ScenarioContext> contexts = histories.entrySet().stream()
                    .map(history -> new ScenarioContext(
                            new BundledEngine(history.getValue(), given.placeOf(history.getValue())),
                            history.getKey(),
                            databases,
                            seeds.addedTo(
                                    optionsOn.getOrDefault(history.getKey(), options),
                                    settled.seeds(),
                                    history.getKey(),
                                    history.getValue(),
                                    loaded)))
                    .toList();
            contexts.forEach(context -> new HistoryDatabases(context).requireAllowed());
            new RunLimit(time("--run-timeout", runTimeout, TimeSpan.RUN_TIMEOUT, RunLimit.USUAL))
                    .run(
                            () -> new ScenarioRunner(contexts, check -> true, since::skipReason)
                                    .executions(chosen)
                                    .forEach(execution -> run(execution, report)),
                            doing);
            since.edited(histories, optionsOn).forEach(report::add);
            ran = true;
        } catch (TurnstoneException e) {
            if (!ran) {
                throw e;
            }
            // The databases could not be closed, or the server is not as it was. The findings are complete.
            atEnd = Failure.of(e);
        } finally {
            TestDatabases.stopEmbedded();
        }
        databases.notes().stream()
                .filter(note -> !settings.notes().contains(note))
                .forEach(this::note);
        print(report, histories.keySet(), atEnd);
        snapshots.unused(options, chosen, histories.keySet()).forEach(file -> err().println(
                        "note: this run did not use " + file + "; delete it if nothing else uses it."));
        int status = atEnd != null ? atEnd.status() : report.failed() ? Turnstone.FINDINGS : 0;
        return reports.isEmpty() ? status : Math.max(status, writeReport(report));
    }

    private @Nullable String setting(String name) {
        String given =
                switch (name) {
                    case "turnstone.postgres.url" -> url;
                    case "turnstone.sqlite.extension" -> sqliteExtension;
                    case "turnstone.allow-cluster-changes" -> allowClusterChanges ? "true" : null;
                    default -> null;
                };
        return given == null ? System.getProperty(name) : given;
    }

    private List<Scenario> namedScenarios() {
        List<Scenario> chosen = new ArrayList<>();
        for (String name : scenarios) {
            chosen.add(Scenario.named(name)
                    .orElseThrow(() -> new BadOptionException("There is no scenario '" + name + "'. Scenarios: "
                            + String.join(
                                    ", ",
                                    Scenario.all().stream().map(Scenario::name).toList())
                            + ".")));
        }
        return chosen.stream().distinct().toList();
    }

    private void requireKnownReports() {
        for (String name : reports) {
            if (!name.equals("html")) {
                throw new BadOptionException("There is no report '" + name + "'. Reports: html.");
            }
        }
    }

    private ScenarioOptions options() {
        IdempotentBodies bodies =
                switch (idempotentBodies) {
                    case "by-format" -> IdempotentBodies.BY_FORMAT;
                    case "required" -> IdempotentBodies.REQUIRED;
                    default ->
                        throw new BadOptionException(
                                "--idempotent-bodies must be by-format or required, not '" + idempotentBodies + "'.");
                };
        @Nullable Function<String, SqlText> first = before == null ? null : file("--before", before);
        int at = baseline == null ? -1 : baseline.lastIndexOf('@');
        return new ScenarioOptions(
                        baseline == null ? null : file("--baseline", at < 0 ? baseline : baseline.substring(0, at)),
                        at < 0 || baseline == null ? null : baseline.substring(at + 1),
                        first,
                        bodies)
                .withTimeout(timeout());
    }

    private Duration timeout() {
        return time("--timeout", timeout, TimeSpan.TIMEOUT, ScenarioOptions.USUAL_TIMEOUT);
    }

    private static Duration time(String option, @Nullable String value, String property, Duration usual) {
        String given = value == null ? System.getProperty(property) : value;
        try {
            return given == null ? usual : TimeSpan.parse(given);
        } catch (IllegalArgumentException e) {
            throw new BadOptionException(option + ": " + e.getMessage());
        }
    }

    private static Function<String, SqlText> file(String option, String place) {
        BaselineFile file = BaselineFile.at(place, VerifyCommand.class.getClassLoader());
        return dialect -> {
            try {
                return file.apply(dialect);
            } catch (BaselineNotFoundException e) {
                if (e.getCause() instanceof IOException cause) {
                    throw UnreadableFile.of(option, place, dialect, cause);
                }
                throw option.equals("--baseline")
                        ? e
                        : new BadOptionException("There is no file " + place + ", which " + option + " names.");
            }
        };
    }

    private void run(ScenarioRunner.Execution execution, HistoryReport report) {
        String scenario = execution.scenario().name();
        try (ScenarioRun run = execution.start()) {
            for (Check check : run.checks()) {
                String current = scenario + " | " + execution.dialect() + " | " + check.title();
                doing.at(current);
                progress(current);
                long begin = System.nanoTime();
                Outcome outcome = check.run();
                report.add(new HistoryReport.Result(
                        scenario,
                        execution.dialect(),
                        execution.servers(),
                        check.title(),
                        outcome,
                        Duration.ofNanos(System.nanoTime() - begin)));
            }
        } catch (UnreadableSnapshotException e) {
            throw snapshots.unreadable(e);
        } catch (UnknownRevisionException e) {
            throw baseline != null && baseline.endsWith("@" + e.name())
                    ? RewordedException.withIds(
                            "--baseline " + baseline + ": ",
                            e,
                            execution.context().tool().graph())
                    : e;
        }
        progress("");
    }

    /** Shows the current check on a terminal. */
    private void progress(String what) {
        if (CommandLine.Help.Ansi.AUTO.enabled() && !json) {
            err().wipe();
            err().print(what);
            err().flush();
        }
    }

    /**
     * Prints the findings, and after them the failure that ended the run.
     *
     * @param failure null if the run ended without one
     */
    private void print(HistoryReport report, Collection<Dialect> on, @Nullable Failure failure) {
        Terminal out = out();
        if (json) {
            out.println(VerifyJson.of(report, on.stream().map(Dialect::name).toList(), failure));
        } else {
            FindingsText.print(report, out);
            out.println(SummaryTable.of(report));
            SkippedText.lines(report.skipped()).forEach(out::println);
        }
        out.flush();
        if (failure != null && !json) {
            failure.report(false, out, err());
        }
    }

    /** Writes the page. The findings are already printed, so a failure is reported on standard error even with {@code --json}. */
    private int writeReport(HistoryReport report) {
        Terminal told = json ? err() : out();
        try {
            told.println("report: " + new ReportDirectory(reportDirectory).write(report));
            told.flush();
            return 0;
        } catch (BadOptionException e) {
            return Failure.of(e).report(false, out(), err());
        }
    }

    private Terminal out() {
        return (Terminal) Objects.requireNonNull(spec).commandLine().getOut();
    }

    private void note(String text) {
        err().println("note: " + text);
    }

    private Terminal err() {
        return (Terminal) Objects.requireNonNull(spec).commandLine().getErr();
    }
}
