package dev.turnstone.format;

import dev.turnstone.operation.Location;
import dev.turnstone.source.Format;
import dev.turnstone.source.MigrationScript;
import dev.turnstone.source.RevisionLines;
import dev.turnstone.source.RevisionSource;
import dev.turnstone.source.SourceNotFoundException;
import dev.turnstone.source.SqlFileSource;
import dev.turnstone.source.TransactionMode;
import dev.turnstone.source.UnreadableSourceException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A source for the files of dbmate: {@code 20240531143000_add_priority.sql} with {@code -- migrate:up} and {@code --
 * migrate:down}, directly in a directory, sorted by name as strings ({@code 10_x} before {@code 9_x}). Both markers are
 * required. The only option with an effect is {@code transaction:false}. A block is sent as a whole. Immutable and
 * thread-safe.
 *
 * @see <a href="https://github.com/amacneil/dbmate#creating-migrations">dbmate: Creating Migrations</a>
 */
public final class DbmateSource implements RevisionSource {

    private static final Pattern NAME = Pattern.compile("([0-9]++)(.*)\\.sql");
    private static final Pattern UP = Pattern.compile("--\\s*migrate:up(\\s.*)?");
    private static final Pattern DOWN = Pattern.compile("--\\s*migrate:down(\\s.*)?");

    private final Path directory;

    private DbmateSource(Path directory) {
        this.directory = directory;
    }

    /** Creates a source for a directory. */
    public static DbmateSource of(Path directory) {
        return new DbmateSource(directory);
    }

    /**
     * {@inheritDoc}
     *
     * @return the revisions by file name; each has the previous one as its parent
     * @throws SourceNotFoundException if the directory does not exist
     * @throws MalformedMigrationFileException if dbmate would refuse a file
     * @throws UnreadableSourceException if a file cannot be read or is not UTF-8
     */
    @Override
    public List<MigrationScript> load() {
        List<FoundRevision> found = new ArrayList<>();
        List<String> names = SqlFileSource.sqlFiles(directory, 1).stream()
                .map(path -> String.valueOf(path.getFileName()))
                .sorted(Comparator.naturalOrder())
                .toList();
        for (String name : names) {
            Matcher matcher = NAME.matcher(name);
            if (matcher.matches()) {
                found.add(read(
                        WholeFile.lines(directory, name),
                        matcher.group(1),
                        matcher.group(2).replaceFirst("^_", "")));
            }
        }
        return RevisionLine.of(Format.DBMATE, found);
    }

    private static FoundRevision read(RevisionLines lines, String version, String title) {
        int up = only(lines, UP, "-- migrate:up");
        int down = only(lines, DOWN, "-- migrate:down");
        if (down < up) {
            throw new MalformedMigrationFileException(
                    lines.location(down), "'-- migrate:down' is before '-- migrate:up'. Put the upgrade first.");
        }
        for (int i = 0; i < up; i++) {
            if (lines.hasSql(i)) {
                throw new MalformedMigrationFileException(
                        lines.firstWord(i),
                        "There is SQL before '-- migrate:up', where dbmate allows only comments. Put that line above it.");
            }
        }
        return FoundRevision.of(
                        version,
                        lines.origin(),
                        title,
                        lines.origin(),
                        Body.of(List.of(lines.text(up + 1, down)), mode(lines.get(up))),
                        Body.of(List.of(lines.text(down + 1, lines.count())), mode(lines.get(down))))
                .withPreface(lines.all().subList(0, up));
    }

    private static int only(RevisionLines lines, Pattern marker, String spelling) {
        int first = -1;
        for (int i = 0; i < lines.count(); i++) {
            if (marker.matcher(lines.get(i)).matches()) {
                if (first >= 0) {
                    throw new MalformedMigrationFileException(
                            lines.location(i),
                            "'" + spelling + "' is already in line " + (first + 1) + ". Remove one of the two.");
                }
                first = i;
            }
        }
        if (first < 0) {
            throw new MalformedMigrationFileException(
                    new Location(lines.origin(), 1, 1),
                    "The file has no line '" + spelling + "' in column 1, so dbmate refuses it. Add it; what follows it"
                            + " may be empty.");
        }
        return first;
    }

    private static TransactionMode mode(String marker) {
        return List.of(marker.strip().split("\\s+")).contains("transaction:false")
                ? TransactionMode.NONE
                : TransactionMode.AS_WRITTEN;
    }

    @Override
    public String describe() {
        return directory.toString();
    }
}
