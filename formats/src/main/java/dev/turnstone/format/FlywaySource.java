package dev.turnstone.format;

import dev.turnstone.operation.SqlText;
import dev.turnstone.source.Downgrade;
import dev.turnstone.source.Format;
import dev.turnstone.source.MigrationScript;
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
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A source for the files of Flyway in a directory and its subdirectories: {@code V1_2__add_priority.sql}, {@code
 * U1_2__…} to revert it, and repeatable {@code R__views.sql}, which run last. {@code _} in a version means {@code .},
 * and trailing zeros are ignored. A baseline {@code B5__…} replaces the versions up to its own. It begins the history
 * if those files are missing, and is left out if they exist. Immutable and thread-safe.
 *
 * <p>Placeholders {@code ${name}} are replaced everywhere, also in comments.
 *
 * @see <a href="https://documentation.red-gate.com/fd/migrations-184127470.html">Flyway: Migrations</a>
 */
public final class FlywaySource implements RevisionSource {

    private static final Pattern VERSIONED = Pattern.compile("([VUB])([0-9]+(?:[._][0-9]+)*+)__(.*)\\.sql");
    private static final Pattern REPEATABLE = Pattern.compile("R__(.*)\\.sql");
    private static final Pattern NEARLY = Pattern.compile("[VvUuBb][0-9]++(?:[._][0-9]++)*+_?[^_0-9.].*\\.sql");

    private static final Downgrade REPEATED =
            new Downgrade.Keep("A repeatable migration of Flyway runs again when it changes, and is never reverted.");

    private final Path directory;
    private final Map<String, String> placeholders;

    private FlywaySource(Path directory, Map<String, String> placeholders) {
        this.directory = directory;
        this.placeholders = Map.copyOf(placeholders);
    }

    /** Creates a source for a directory, without values for placeholders. */
    public static FlywaySource of(Path directory) {
        return of(directory, Map.of());
    }

    /**
     * Creates a source for a directory.
     *
     * @param placeholders values by name, ignoring letter case
     */
    public static FlywaySource of(Path directory, Map<String, String> placeholders) {
        return new FlywaySource(directory, placeholders);
    }

    private record File(String origin, String version, String title) {

        FlywayVersion number() {
            return FlywayVersion.parse(version);
        }
    }

    /**
     * {@inheritDoc}
     *
     * @return the revisions by version, then the repeatable ones by description; each has the previous one as its
     *     parent
     * @throws SourceNotFoundException if the directory does not exist
     * @throws DuplicateVersionException if two files of one kind have the same version
     * @throws MissingPlaceholderException if a placeholder has no value
     * @throws MalformedMigrationFileException if a {@code .conf} file contains neither true nor false
     * @throws UnreadableSourceException if a file cannot be read or is not UTF-8
     */
    @Override
    public List<MigrationScript> load() {
        Map<String, SortedMap<FlywayVersion, File>> kinds =
                Map.of("V", new TreeMap<>(), "U", new TreeMap<>(), "B", new TreeMap<>());
        SortedMap<String, File> repeatables = new TreeMap<>();
        List<String> notes = new ArrayList<>();
        for (Path path : SqlFileSource.sqlFiles(directory, Integer.MAX_VALUE)) {
            String origin = directory.relativize(path).toString().replace('\\', '/');
            String name = String.valueOf(path.getFileName());
            Matcher versioned = VERSIONED.matcher(name);
            Matcher repeatable = REPEATABLE.matcher(name);
            if (versioned.matches()) {
                put(kinds, versioned.group(1), new File(origin, versioned.group(2), versioned.group(3)));
            } else if (repeatable.matches()) {
                File file = new File(origin, name.substring(0, name.length() - 4), repeatable.group(1));
                File first = repeatables.putIfAbsent(repeatable.group(1), file);
                if (first != null) {
                    throw DuplicateVersionException.ofVersions(
                            directory.toString(), file.title(), "repeatable file", first.origin(), origin);
                }
            } else if (NEARLY.matcher(name).matches()) {
                notes.add(origin
                        + ": Flyway ignores this file, because its name does not have the form V1__description.sql.");
            }
        }
        List<FoundRevision> found = new ArrayList<>();
        addVersioned(kinds, found, notes);
        repeatables.values().forEach(file -> found.add(revision(file, null).with(dialect -> REPEATED)));
        if (!found.isEmpty()) {
            for (String note : notes) {
                found.set(0, found.get(0).withNote(note));
            }
        }
        return RevisionLine.of(Format.FLYWAY, found);
    }

    private void put(Map<String, SortedMap<FlywayVersion, File>> kinds, String kind, File file) {
        SortedMap<FlywayVersion, File> files = java.util.Objects.requireNonNull(kinds.get(kind));
        File first = files.putIfAbsent(file.number(), file);
        if (first != null) {
            throw DuplicateVersionException.ofVersions(
                    directory.toString(), file.number().toString(), kind + " file", first.origin(), file.origin());
        }
    }

    private void addVersioned(
            Map<String, SortedMap<FlywayVersion, File>> kinds, List<FoundRevision> found, List<String> notes) {
        SortedMap<FlywayVersion, File> versions = new TreeMap<>(java.util.Objects.requireNonNull(kinds.get("V")));
        SortedMap<FlywayVersion, File> undos = java.util.Objects.requireNonNull(kinds.get("U"));
        java.util.Objects.requireNonNull(kinds.get("B")).forEach((version, baseline) -> {
            if (versions.isEmpty() || versions.firstKey().compareTo(version) > 0) {
                versions.put(version, baseline);
            } else {
                notes.add(baseline.origin() + ": This baseline is left out, because the versions that it replaces"
                        + " exist. To prove that it creates the same schema, use --baseline " + baseline.origin() + "@"
                        + baseline.version() + ".");
            }
        });
        versions.forEach((version, file) -> found.add(revision(file, undos.get(version))));
        undos.forEach((version, undo) -> {
            if (!versions.containsKey(version)) {
                notes.add(undo.origin() + ": No V file has this version, so this file never runs.");
            }
        });
    }

    private FoundRevision revision(File file, @Nullable File undo) {
        return FoundRevision.of(
                file.version(),
                file.version() + "__" + file.title(),
                file.title().replace('_', ' '),
                file.origin(),
                body(file),
                undo == null ? null : body(undo));
    }

    private Body body(File file) {
        FlywayScriptConfig config = FlywayScriptConfig.beside(directory, file.origin());
        SqlText text = WholeFile.read(directory, file.origin());
        return Body.of(
                List.of(config.replacesPlaceholders() ? new FlywayPlaceholders(placeholders).replaceIn(text) : text),
                config.inTransaction() ? TransactionMode.AS_WRITTEN : TransactionMode.NONE);
    }

    @Override
    public String describe() {
        return directory.toString();
    }

    /** A version as Flyway compares it: numbers of any size, without trailing zeros. */
    private record FlywayVersion(List<BigInteger> parts) implements Comparable<FlywayVersion> {

        static FlywayVersion parse(String spelling) {
            List<BigInteger> parts = new ArrayList<>();
            for (String part : spelling.split("[._]", -1)) {
                parts.add(new BigInteger(part));
            }
            while (parts.size() > 1 && parts.get(parts.size() - 1).signum() == 0) {
                parts.remove(parts.size() - 1);
            }
            return new FlywayVersion(List.copyOf(parts));
        }

        @Override
        public int compareTo(FlywayVersion other) {
            for (int i = 0; i < Math.min(parts.size(), other.parts.size()); i++) {
                int part = parts.get(i).compareTo(other.parts.get(i));
                if (part != 0) {
                    return part;
                }
            }
            return Comparator.<Integer>naturalOrder().compare(parts.size(), other.parts.size());
        }

        @Override
        public String toString() {
            return String.join(".", parts.stream().map(BigInteger::toString).toList());
        }
    }
}
