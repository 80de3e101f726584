package dev.turnstone.cli;

import dev.turnstone.dialect.DatabaseUrl;
import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.Dialects;
import dev.turnstone.execution.offline.OfflineScript;
import dev.turnstone.history.VersionTable;
import dev.turnstone.source.Scripts;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a command that can write a script in place of a run. */
final class OfflineOptions {

    @Option(
            names = "--sql",
            description =
                    "Print the SQL that would run, for psql or sqlite3; connect to nothing. TARGET may be FROM:TO.")
    private boolean sql;

    @Option(
            names = "--dialect",
            paramLabel = "NAME",
            description = "With --sql: sqlite or postgresql. Default: that of the URL.")
    private @Nullable String dialect;

    @Option(
            names = {"--target-version", "--client-version"},
            paramLabel = "VERSION",
            description =
                    "With --sql: the version of SQLite or PostgreSQL that runs the script, such as 3.54 or 14. What it"
                            + " does not know is refused; from SQLite 3.54 on no new table is needed to add or drop NOT NULL and"
                            + " CHECK. Default: any.")
    private @Nullable String clientVersion;

    /** The version of the client that runs the script; null for any. */
    @Nullable
    String clientVersion() {
        if (clientVersion != null && !clientVersion.matches("\\d{1,3}(\\.\\d{1,3}){0,2}")) {
            throw new BadOptionException("--target-version is a number such as 3.54, and not " + clientVersion + ".");
        }
        return clientVersion;
    }

    /** Writes a script for a version table. */
    interface Writer {
        OfflineScript write(Scripts scripts, VersionTable table);
    }

    boolean sql() {
        return sql;
    }

    /** Prints the script; where it had to end early, says so afterwards. */
    void print(EngineOptions options, Writer writer, Terminal out) {
        if (options.json()) {
            throw new BadOptionException("--sql prints SQL and --json prints JSON. Choose one.");
        }
        EngineSettings settings = options.settings();
        Dialect chosen = Dialects.named(dialect == null ? dialectOf(settings.url()) : dialect);
        String schema = settings.versionTableSchema();
        // Without a connection no one knows the schema that unqualified names are made in; the client will.
        VersionTable table = new VersionTable(
                chosen, schema != null ? schema : chosen.scriptSchema(), settings.versionTableOrDefault());
        OfflineScript script = writer.write(options.history().scripts(), table);
        // A file or a pipe gets the script unchanged; on a terminal, a person reads it.
        if (!Terminal.isInteractive()) {
            out.exactly(script.text());
        } else {
            out.print(script.text());
            out.flush();
        }
        script.requireComplete();
    }

    private static String dialectOf(@Nullable String url) {
        String named = url == null ? null : DatabaseUrl.dialectOf(url);
        if (named == null) {
            throw new BadOptionException("The dialect of the script is not known. Say --dialect sqlite or --dialect"
                    + " postgresql, or name a database.");
        }
        return named;
    }
}
