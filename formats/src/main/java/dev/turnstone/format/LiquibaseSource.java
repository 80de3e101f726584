package dev.turnstone.format;

import dev.turnstone.source.Format;
import dev.turnstone.source.MigrationScript;
import dev.turnstone.source.RevisionLines;
import dev.turnstone.source.RevisionSource;
import dev.turnstone.source.SourceNotFoundException;
import dev.turnstone.source.SqlFileSource;
import dev.turnstone.source.UnreadableSourceException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A source for the changesets of Liquibase's formatted SQL files in a directory and its subdirectories, file by file in
 * the order of their paths. A changeset's id in Turnstone is {@code author:id}. A changeset that {@code dbms} excludes
 * from a dialect does nothing there, and one with {@code ignore:true} is left out. Preconditions are checked before the
 * upgrade. Immutable and thread-safe.
 *
 * @see <a href="https://docs.liquibase.com/concepts/changelogs/sql-format.html">Liquibase: SQL changelog format</a>
 */
public final class LiquibaseSource implements RevisionSource {

    static final Pattern HEADER = Pattern.compile("(?i)\\A\\s*--\\s*liquibase\\s+formatted\\s+sql");

    private final Path directory;
    private final Map<String, String> properties;

    private LiquibaseSource(Path directory, Map<String, String> properties) {
        this.directory = directory;
        this.properties = Map.copyOf(properties);
    }

    /** Creates a source for a directory. */
    public static LiquibaseSource of(Path directory) {
        return of(directory, Map.of());
    }

    /**
     * Creates a source for a directory.
     *
     * @param properties values for {@code ${name}}; they override those of {@code --property} lines
     */
    public static LiquibaseSource of(Path directory, Map<String, String> properties) {
        return new LiquibaseSource(directory, properties);
    }

    /**
     * {@inheritDoc}
     *
     * @return the revisions by file and, within a file, from top to bottom; each has the previous one as its parent
     * @throws SourceNotFoundException if the directory does not exist
     * @throws MalformedMigrationFileException if Liquibase would refuse a file
     * @throws UnreadableSourceException if a file cannot be read or is not UTF-8
     */
    @Override
    public List<MigrationScript> load() {
        LiquibaseHistory history = new LiquibaseHistory(properties);
        for (Path path : SqlFileSource.sqlFiles(directory, Integer.MAX_VALUE)) {
            String origin = directory.relativize(path).toString().replace('\\', '/');
            RevisionLines lines = WholeFile.lines(directory, origin);
            if (HEADER.matcher(String.join("\n", lines.all())).find()) {
                new LiquibaseFile(lines, history).read();
            }
        }
        List<FoundRevision> found = new ArrayList<>();
        for (LiquibaseChangeset changeset : history.changesets()) {
            if (!changeset.isIgnored()) {
                found.add(changeset.revision(history));
            }
        }
        return RevisionLine.of(Format.LIQUIBASE, found);
    }

    @Override
    public String describe() {
        return directory.toString();
    }
}
