package dev.turnstone.cli;

import dev.turnstone.revision.Revision;
import dev.turnstone.revision.RevisionId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Opens the file of a revision in an editor. */
@Command(
        name = "edit",
        description = "Opens the file of a revision in the editor that $VISUAL or $EDITOR names.",
        footer = {"  turnstone edit head", "  EDITOR='code --wait' turnstone edit c41d"})
final class EditCommand extends EngineCommand {

    @Parameters(paramLabel = "REV", description = "An id or a prefix of it, a label, head or current.")
    private String revision = "";

    @Override
    void run() {
        String visual = options.environment("VISUAL");
        String editor = visual == null ? options.environment("EDITOR") : visual;
        if (editor == null) {
            throw new BadOptionException("No editor is set. Set VISUAL or EDITOR, for example EDITOR=vi.");
        }
        History history = options.history();
        Set<RevisionId> rows =
                revision.contains("current") ? options.reader(history, err()).current() : Set.of();
        List<Revision> found = history.graph().resolve(target(revision), rows);
        if (found.isEmpty()) {
            throw new BadOptionException("'" + revision + "' names no revision. Name one, such as head.");
        }
        for (Revision each : found) {
            open(
                    editor,
                    history.fileOf(each)
                            .orElseThrow(() -> new BadOptionException("Revision " + each.id() + " comes from "
                                    + each.origin() + ", and no file of it is found in "
                                    + String.join(", ", history.locations()) + ".")));
        }
    }

    private static void open(String editor, Path file) {
        try {
            // Through the shell, because the variable may hold options and quotes.
            Process process = new ProcessBuilder("sh", "-c", editor + " \"$1\"", "sh", file.toString())
                    .inheritIO()
                    .start();
            int status = process.waitFor();
            if (status != 0) {
                throw new BadOptionException("The editor '" + editor + "' ended with status " + status + ".");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BadOptionException("The editor '" + editor + "' was interrupted.");
        }
    }
}
