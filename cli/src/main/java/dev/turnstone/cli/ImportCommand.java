package dev.turnstone.cli;

import dev.turnstone.format.HistoryImport;
import dev.turnstone.format.ImportedRevision;
import dev.turnstone.format.MigrationFiles;
import dev.turnstone.source.Format;
import dev.turnstone.source.Scripts;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Converts another tool's migrations into revision files in Turnstone's own format. */
@Command(
        name = "import",
        description = {
            "Converts the migrations in DIR, in any format that verify supports, into SQL revision files.",
            "",
            "DIR is not changed. Needs no database."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpWidth = 100,
        optionListHeading = "%nOptions:%n",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:done",
            "2:could not run: bad input; nothing was written",
            "3:could not run: an internal error, or too little memory; nothing was written"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  turnstone import migrations --to db/migrations",
            "  turnstone import migrations --to db/migrations --format sqlx"
        })
final class ImportCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "The directory that holds the migrations.")
    private Path directory = Path.of("");

    @Option(
            names = "--to",
            required = true,
            paramLabel = "TARGET",
            description = "The directory to write. It must be new or empty: no file is overwritten.")
    private Path target = Path.of("");

    @Option(
            names = "--format",
            defaultValue = "auto",
            paramLabel = "NAME",
            description = "auto, dbmate, goose, golang-migrate, sqlx, diesel, flyway, liquibase, sql-migrate or pairs."
                    + " Default: ${DEFAULT-VALUE}.")
    private String format = "auto";

    @Option(
            names = "--placeholder",
            paramLabel = "NAME=VALUE",
            description = "A value for a placeholder of Flyway, a property of Liquibase, or a variable of goose.")
    private Map<String, String> placeholders = Map.of();

    @Option(names = "--json", description = "Print one JSON object on standard output.")
    private boolean json;

    @Override
    public Integer call() {
        MigrationDirectory migrations = MigrationDirectory.at(directory);
        TargetDirectory made = TargetDirectory.at(target);
        made.requireApartFrom(migrations.detection().directory());
        Scripts scripts = migrations.load(
                format.equals("auto") ? migrations.format() : MigrationDirectory.formatNamed(format), placeholders);
        List<ImportedRevision> revisions = HistoryImport.of(scripts);
        Map<String, String> files = new LinkedHashMap<>();
        revisions.forEach(revision -> files.put(revision.fileName(), revision.text()));
        made.fill(files, ImportCommand::readBack);
        scripts.notes().forEach(note -> err().println("note: " + note));
        HistoryImport.notes(scripts).forEach(note -> err().println("note: " + note));
        if (json) {
            out().println(RevisionJson.imported(
                    target.toString(), scripts.format().label(), revisions));
        } else {
            tell(scripts.format(), revisions, migrations.dialect().orElse("NAME"));
        }
        out().flush();
        return 0;
    }

    /** Checks that the engine reads the written files as the same revisions. */
    private static void readBack(Path written) {
        Scripts.load(List.of(MigrationFiles.in(written, Format.TURNSTONE, Map.of())))
                .graph()
                .heads();
    }

    private void tell(Format from, List<ImportedRevision> revisions, String dialect) {
        ImportedRevision last = revisions.get(revisions.size() - 1);
        String table = VersionBook.of(from);
        out().println("imported " + revisions.size() + (revisions.size() == 1 ? " revision" : " revisions") + " of "
                + from.label() + " into " + target);
        out().println("""

                Next:
                  turnstone verify %1$s --dialect %2$s
                Stamp each database that %3$s has migrated once, before its first upgrade. %4$s
                If the last version is %5$s, nothing is pending:
                  turnstone stamp %6$s --location %1$s --url URL
                If it is an earlier version, stamp the revision whose file has the line '-- imported: version …' with it, then
                  turnstone upgrade --location %1$s --url URL
                The other tool's table is not changed. Drop it when nothing reads it any more.""".formatted(
                        target,
                        dialect,
                        from == Format.PAIRS ? "another tool" : from.label(),
                        table,
                        last.version(),
                        last.id()));
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }

    private PrintWriter err() {
        return Objects.requireNonNull(spec).commandLine().getErr();
    }
}
