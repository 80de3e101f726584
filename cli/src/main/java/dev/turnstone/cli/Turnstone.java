package dev.turnstone.cli;

import dev.turnstone.error.Secrets;
import dev.turnstone.execution.LockTimeoutException;
import dev.turnstone.execution.MigrationCodeException;
import dev.turnstone.execution.NotAtHeadsException;
import dev.turnstone.execution.StatementFailedException;
import dev.turnstone.execution.TransactionControlException;
import dev.turnstone.execution.VersionRowException;
import dev.turnstone.source.EditDistance;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code turnstone} command, which only has subcommands. */
@Command(
        name = "turnstone",
        description = "Proves that database migrations make the round trip.",
        mixinStandardHelpOptions = true,
        versionProvider = Turnstone.Version.class,
        subcommands = {
            VerifyCommand.class,
            ImportCommand.class,
            InitCommand.class,
            RevisionCommand.class,
            MergeCommand.class,
            EditCommand.class,
            UpgradeCommand.class,
            DowngradeCommand.class,
            StampCommand.class,
            CurrentCommand.class,
            HistoryCommand.class,
            HeadsCommand.class,
            BranchesCommand.class,
            ShowCommand.class,
            EnsureVersionCommand.class,
            AutoComplete.GenerateCompletion.class,
            CommandLine.HelpCommand.class
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:done; verify: no finding of severity error",
            "1:a revision failed, or --check-heads found one that is not applied; verify: findings of severity error",
            "2:could not run: bad input, or no database",
            "3:could not run: an internal error, or too little memory"
        })
public final class Turnstone implements Runnable {

    /** Findings of severity error. */
    static final int FINDINGS = 1;

    /** A revision failed, or {@code --check-heads} found a revision that is not applied. */
    static final int FAILED = 1;

    /** Bad input, or no database. */
    static final int COULD_NOT_RUN = 2;

    /** A defect of Turnstone, or too little memory. */
    static final int INTERNAL_ERROR = 3;

    /** Examples for options that take a name and a value. */
    private static final Map<String, String> EXAMPLES = Map.of(
            "--except", "\"index idx_*_trgm=SQLite has none\"",
            "--placeholder", "schema=app",
            "--policy", "misnamed=off",
            "--skip", "c41d7be0a2f5=\"needs a newer server\"");

    @Spec
    private @Nullable CommandSpec spec;

    private Turnstone() {}

    /** Runs the command and ends the process with its exit status. */
    public static void main(String[] arguments) {
        int status = INTERNAL_ERROR;
        try {
            status = run(arguments);
        } finally {
            // Also if there is too little memory to report the failure: status 1 would mean findings.
            System.exit(status);
        }
    }

    /** Runs the command and returns its exit status. */
    static int run(String... arguments) {
        return run(System.getenv(), arguments);
    }

    /** Runs the command with these environment variables. */
    static int run(Map<String, String> environment, String... arguments) {
        CommandLine command = new CommandLine(new Turnstone());
        boolean json = List.of(arguments).contains("--json");
        Terminal out = new Terminal(command.getOut());
        Terminal err = new Terminal(command.getErr());
        command.setOut(out);
        command.setErr(err);
        command.setCaseInsensitiveEnumValuesAllowed(true);
        command.setParameterExceptionHandler((e, args) -> badUsage(e, arguments, json));
        command.setExecutionExceptionHandler((e, line, result) -> {
            int status = Failure.of(e).withoutUrls(arguments).report(json, out, err);
            return isAnswer(e) ? FAILED : status;
        });
        command.setExecutionStrategy(result -> {
            Integer help = help(result, command, out, err);
            return help == null ? new CommandLine.RunLast().execute(result) : help;
        });
        try {
            for (CommandLine each : command.getSubcommands().values()) {
                each.getCommandSpec().versionProvider(new Version());
                if (each.getCommand() instanceof EngineCommand engine) {
                    engine.options.readEnvironment(environment);
                    // Else -1 would be an unknown option.
                    each.setUnmatchedOptionsArePositionalParams(true);
                }
            }
            return command.execute(arguments);
        } catch (RuntimeException | Error e) {
            return Failure.of(e).withoutUrls(arguments).report(json, out, err);
        }
    }

    /** Prints help or the version, with colors, if an option asks for them; else returns null. */
    private static @Nullable Integer help(ParseResult result, CommandLine command, Terminal out, Terminal err) {
        command.setOut(out.unchanged());
        command.setErr(err.unchanged());
        try {
            return CommandLine.executeHelpRequest(result);
        } finally {
            command.setOut(out);
            command.setErr(err);
        }
    }

    /** Returns whether a failure was reported by the database, so that the command did run. */
    private static boolean isAnswer(Exception e) {
        return e instanceof StatementFailedException
                || e instanceof MigrationCodeException
                || e instanceof LockTimeoutException
                || e instanceof TransactionControlException
                || e instanceof VersionRowException
                || e instanceof NotAtHeadsException;
    }

    private static int badUsage(ParameterException e, String[] arguments, boolean json) {
        CommandLine command = e.getCommandLine();
        Failure failure = new Failure("usage", Secrets.masked(message(e)), COULD_NOT_RUN).withoutUrls(arguments);
        if (json) {
            return failure.report(true, command.getOut(), command.getErr());
        }
        command.getErr().println(failure.message());
        command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return COULD_NOT_RUN;
    }

    private static String message(ParameterException e) {
        if (e.getArgSpec() instanceof OptionSpec option
                && option.typeInfo().isMap()
                && e.getValue() != null
                && !e.getValue().contains("=")) {
            String example = EXAMPLES.get(option.longestName());
            return option.longestName() + " must be " + option.paramLabel()
                    + (example == null ? "" : ", such as " + example)
                    + ", not '" + e.getValue() + "'.";
        }
        if (!(e instanceof UnmatchedArgumentException unmatched)
                || unmatched.isUnknownOption()
                || e.getCommandLine().getParent() != null) {
            return String.valueOf(e.getMessage());
        }
        String found = unmatched.getUnmatched().get(0);
        return "There is no command '" + found + "'."
                + EditDistance.nearMiss(
                                found, e.getCommandLine().getSubcommands().keySet())
                        .map(meant -> " Did you mean '" + meant + "'?")
                        .orElse("");
    }

    @Override
    public void run() {
        throw new ParameterException(
                java.util.Objects.requireNonNull(spec).commandLine(),
                "Name a command, such as 'turnstone verify DIR'.");
    }

    /** Returns the version that the build wrote into the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Turnstone.class.getPackage().getImplementationVersion();
            return new String[] {"turnstone " + (version == null ? "(not packaged)" : version)};
        }
    }
}
