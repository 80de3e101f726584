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
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A source for the files of sql-migrate, with {@code -- +migrate Up} and {@code -- +migrate Down}, directly in a
 * directory, by the number at the beginning of their names and then by name. {@code notransaction} after a marker
 * applies to its direction. Immutable and thread-safe.
 *
 * @see <a href="https://github.com/rubenv/sql-migrate#writing-migrations">sql-migrate: Writing migrations</a>
 */
public final class SqlMigrateSource implements RevisionSource {

    private static final Pattern NAME = Pattern.compile("([0-9]++(?:-[0-9]++)*+)?+[-_ ]?+(.*)\\.sql");
    private static final Pattern MARKER = Pattern.compile("--\\s*\\+migrate\\s+(\\S+)(.*)");
    private static final String END = "-- +migrate StatementEnd";

    private final Path directory;

    private SqlMigrateSource(Path directory) {
        this.directory = directory;
    }

    /** Creates a source for a directory. */
    public static SqlMigrateSource of(Path directory) {
        return new SqlMigrateSource(directory);
    }

    /**
     * {@inheritDoc}
     *
     * @return the revisions by number, then by name; each has the previous one as its parent
     * @throws SourceNotFoundException if the directory does not exist
     * @throws MalformedMigrationFileException if sql-migrate would refuse a file
     * @throws UnreadableSourceException if a file cannot be read or is not UTF-8
     */
    @Override
    public List<MigrationScript> load() {
        List<FoundRevision> found = new ArrayList<>();
        for (Path path : SqlFileSource.sqlFiles(directory, 1)) {
            String name = String.valueOf(path.getFileName());
            RevisionLines lines = WholeFile.lines(directory, name);
            if (lines.all().stream().anyMatch(line -> MARKER.matcher(line).matches()) || isEmptyNumbered(lines, name)) {
                found.add(new File(lines).read(name));
            }
        }
        found.sort(Comparator.comparing(SqlMigrateSource::number).thenComparing(FoundRevision::fullName));
        return RevisionLine.of(Format.SQL_MIGRATE, found);
    }

    /**
     * A file without SQL does nothing. A file with SQL but without markers is not a migration, but for example a dump.
     */
    private static boolean isEmptyNumbered(RevisionLines lines, String name) {
        return Character.isDigit(name.charAt(0))
                && lines.all().stream().allMatch(line -> line.isBlank() || line.startsWith("--"));
    }

    private static BigInteger number(FoundRevision revision) {
        Matcher digits = Pattern.compile("[0-9]+").matcher(revision.version());
        return digits.lookingAt() ? new BigInteger(digits.group()) : BigInteger.ONE.negate();
    }

    @Override
    public String describe() {
        return directory.toString();
    }

    /** Collects one file while it is parsed. */
    private static final class File {

        private final RevisionLines lines;
        private final StatementLines ups = new StatementLines();
        private final StatementLines downs = new StatementLines();
        private @Nullable StatementLines section;
        private TransactionMode upMode = TransactionMode.AS_WRITTEN;
        private TransactionMode downMode = TransactionMode.AS_WRITTEN;
        private boolean hasDown;
        private final List<String> preface = new ArrayList<>();

        File(RevisionLines lines) {
            this.lines = lines;
        }

        FoundRevision read(String name) {
            for (int i = 0; i < lines.count(); i++) {
                Location location = lines.location(i);
                Matcher marker = MARKER.matcher(lines.get(i));
                if (marker.matches()) {
                    obey(marker.group(1), marker.group(2).contains("notransaction"), lines.get(i), location);
                } else if (section != null) {
                    section.add(lines.get(i), location);
                } else if (!lines.hasSql(i)) {
                    preface.add(lines.get(i));
                } else {
                    throw new MalformedMigrationFileException(
                            location, "The SQL before '-- +migrate Up' would never run. Put that line above it.");
                }
            }
            Matcher named = NAME.matcher(name);
            String stem = name.substring(0, name.length() - ".sql".length());
            String version = named.matches() && named.group(1) != null ? named.group(1) : stem;
            return FoundRevision.of(
                            version,
                            stem,
                            named.matches() ? named.group(2) : stem,
                            lines.origin(),
                            Body.of(ups.all(END), upMode),
                            hasDown ? Body.of(downs.all(END), downMode) : null)
                    .withPreface(preface);
        }

        private void obey(String command, boolean notransaction, String line, Location location) {
            TransactionMode mode = notransaction ? TransactionMode.NONE : TransactionMode.AS_WRITTEN;
            switch (command) {
                case "Up" -> {
                    section = ups;
                    upMode = mode;
                }
                case "Down" -> {
                    section = downs;
                    downMode = mode;
                    hasDown = true;
                }
                case "StatementBegin" -> inSection(location, line).beginBlock(location, line);
                case "StatementEnd" -> inSection(location, line).endBlock(location, line);
                default ->
                    throw new MalformedMigrationFileException(
                            location,
                            "'" + line
                                    + "' is not a command of sql-migrate. The commands are Up, Down, StatementBegin and"
                                    + " StatementEnd.");
            }
        }

        private StatementLines inSection(Location location, String line) {
            StatementLines current = section;
            if (current == null) {
                throw new MalformedMigrationFileException(
                        location, "'" + line + "' is before '-- +migrate Up'. Put that line first.");
            }
            return current;
        }
    }
}
