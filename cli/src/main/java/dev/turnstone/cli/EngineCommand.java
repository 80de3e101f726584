package dev.turnstone.cli;

import dev.turnstone.revision.UnknownRevisionException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command of the engine. It uses the revisions and, in most cases, a database. */
@Command(
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpWidth = 100,
        optionListHeading = "%nOptions:%n",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:done, or nothing to do",
            "1:a revision failed, or --check-heads found one that is not applied",
            "2:could not run: bad input, or no database",
            "3:could not run: an internal error, or too little memory"
        },
        footerHeading = "%nExamples:%n")
abstract class EngineCommand implements Callable<Integer> {

    @Mixin
    final EngineOptions options = new EngineOptions();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public final Integer call() {
        try {
            run();
        } catch (UnknownRevisionException e) {
            throw RewordedException.withIds("", e, options.history().graph());
        }
        out().flush();
        return 0;
    }

    abstract void run();

    final Terminal out() {
        return (Terminal) Objects.requireNonNull(spec).commandLine().getOut();
    }

    final Terminal err() {
        return (Terminal) Objects.requireNonNull(spec).commandLine().getErr();
    }

    /** Refuses an argument that begins with a hyphen and is not a number of steps: it is an unknown option. */
    final String target(String text) {
        if (text.startsWith("-") && !text.matches("-\\d+")) {
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(), "Unknown option: '" + text + "'");
        }
        return text;
    }
}
