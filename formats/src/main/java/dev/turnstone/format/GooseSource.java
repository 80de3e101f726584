package dev.turnstone.format;

import dev.turnstone.source.Format;
import dev.turnstone.source.MigrationScript;
import dev.turnstone.source.RevisionSource;
import dev.turnstone.source.SourceNotFoundException;
import dev.turnstone.source.SqlFileSource;
import dev.turnstone.source.UnreadableSourceException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A source for the files of goose: {@code 00012_add_priority.sql} with {@code -- +goose Up} and {@code -- +goose Down},
 * directly in a directory. Versions are numbers from 1. Other files are ignored, and migrations written in Go do not
 * run. Immutable and thread-safe.
 *
 * @see <a href="https://pressly.github.io/goose/documentation/annotations/">goose: Annotations</a>
 */
public final class GooseSource implements RevisionSource {

    private static final Pattern NAME = Pattern.compile("([0-9]+)_(.*)\\.sql");

    private final Path directory;
    private final EnvironmentVariables variables;

    private GooseSource(Path directory, EnvironmentVariables variables) {
        this.directory = directory;
        this.variables = variables;
    }

    /** Creates a source for a directory. */
    public static GooseSource of(Path directory) {
        return of(directory, Map.of());
    }

    /**
     * Creates a source for a directory.
     *
     * @param placeholders values for variables within {@code ENVSUB}; they override the environment
     */
    public static GooseSource of(Path directory, Map<String, String> placeholders) {
        return new GooseSource(directory, new EnvironmentVariables(placeholders, System.getenv()));
    }

    /**
     * {@inheritDoc}
     *
     * @return the revisions by version; each has the previous one as its parent
     * @throws SourceNotFoundException if the directory does not exist
     * @throws DuplicateVersionException if two files have the same version
     * @throws MalformedMigrationFileException if goose would refuse a file
     * @throws MissingPlaceholderException if a variable has no value
     * @throws UnreadableSourceException if a file cannot be read or is not UTF-8
     */
    @Override
    public List<MigrationScript> load() {
        SortedMap<BigInteger, String> names = new TreeMap<>();
        for (Path path : SqlFileSource.sqlFiles(directory, 1)) {
            String name = String.valueOf(path.getFileName());
            Matcher matcher = NAME.matcher(name);
            if (!matcher.matches() || number(matcher).signum() == 0) {
                continue;
            }
            String first = names.putIfAbsent(number(matcher), name);
            if (first != null) {
                throw DuplicateVersionException.ofNumbers(
                        directory.toString(), number(matcher).toString(), "file", first, name);
            }
        }
        List<FoundRevision> found = new ArrayList<>();
        for (String name : names.values()) {
            Matcher matcher = NAME.matcher(name);
            if (matcher.matches()) {
                found.add(new GooseFile(WholeFile.lines(directory, name), variables)
                        .read(matcher.group(1), matcher.group(2)));
            }
        }
        return RevisionLine.of(Format.GOOSE, found);
    }

    private static BigInteger number(Matcher name) {
        return new BigInteger(name.group(1));
    }

    @Override
    public String describe() {
        return directory.toString();
    }
}
