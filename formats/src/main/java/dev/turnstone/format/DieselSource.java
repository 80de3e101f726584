package dev.turnstone.format;

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
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A source for the folders of diesel: {@code 2024-05-31-143000_add_priority/up.sql} and {@code down.sql}, in the order
 * of their versions without dashes. A {@code metadata.toml} beside them may contain {@code run_in_transaction = false}.
 * Two folders with the same version are both kept. Immutable and thread-safe.
 *
 * @see <a href="https://docs.rs/diesel_migrations">diesel_migrations</a>
 */
public final class DieselSource implements RevisionSource {

    private static final Pattern NAME = Pattern.compile("([0-9]+(?:-[0-9]+){0,20})(?:[_\\s-]+(.*))?");
    private static final Pattern SETTING = Pattern.compile("\\s*run_in_transaction\\s*=([^#]*+)(#.*)?");

    private final Path directory;

    private DieselSource(Path directory) {
        this.directory = directory;
    }

    /** Creates a source for a directory. */
    public static DieselSource of(Path directory) {
        return new DieselSource(directory);
    }

    /** A folder that is named as a revision. */
    record Folder(String name, String version, String title) {

        static Optional<Folder> named(String name) {
            Matcher matcher = NAME.matcher(name);
            return matcher.matches()
                    ? Optional.of(new Folder(
                            name,
                            matcher.group(1),
                            matcher.group(2) == null ? "" : matcher.group(2).strip()))
                    : Optional.empty();
        }

        String digits() {
            return version.replace("-", "");
        }
    }

    /**
     * {@inheritDoc}
     *
     * @return the revisions by version; each has the previous one as its parent
     * @throws SourceNotFoundException if the directory does not exist
     * @throws MalformedMigrationFileException if a {@code metadata.toml} contains neither true nor false
     * @throws UnreadableSourceException if a file cannot be read or is not UTF-8
     */
    @Override
    public List<MigrationScript> load() {
        List<Folder> folders = new ArrayList<>(folders(directory));
        folders.sort(Comparator.comparing(Folder::digits).thenComparing(Folder::name));
        return RevisionLine.of(
                Format.DIESEL, folders.stream().map(this::revision).toList());
    }

    /** Returns the folders of a directory that are named as revisions and contain an up or down file. */
    static List<Folder> folders(Path directory) {
        return SqlFileSource.sqlFiles(directory, 2).stream()
                .filter(file -> file.endsWith("up.sql") || file.endsWith("down.sql"))
                .map(file -> directory.relativize(file).getParent())
                .filter(folder -> folder != null)
                .map(String::valueOf)
                .distinct()
                .flatMap(name -> Folder.named(name).stream())
                .toList();
    }

    private FoundRevision revision(Folder folder) {
        TransactionMode mode = mode(folder.name() + "/metadata.toml");
        Body up = body(folder.name() + "/up.sql", mode);
        return FoundRevision.of(
                folder.version(),
                folder.name(),
                folder.title(),
                folder.name() + (up == null ? "/down.sql" : "/up.sql"),
                up,
                body(folder.name() + "/down.sql", mode));
    }

    private @Nullable Body body(String file, TransactionMode mode) {
        return SqlFileSource.isThere(directory.resolve(file))
                ? Body.of(List.of(WholeFile.read(directory, file)), mode)
                : null;
    }

    private TransactionMode mode(String file) {
        if (!SqlFileSource.isThere(directory.resolve(file))) {
            return TransactionMode.AS_WRITTEN;
        }
        RevisionLines lines = WholeFile.lines(directory, file);
        for (int i = 0; i < lines.count(); i++) {
            Matcher setting = SETTING.matcher(lines.get(i));
            if (setting.matches()) {
                String value = setting.group(1).strip();
                return switch (value) {
                    case "true" -> TransactionMode.AS_WRITTEN;
                    case "false" -> TransactionMode.NONE;
                    default ->
                        throw new MalformedMigrationFileException(
                                lines.location(i), "run_in_transaction must be true or false, but is '" + value + "'.");
                };
            }
        }
        return TransactionMode.AS_WRITTEN;
    }

    @Override
    public String describe() {
        return directory.toString();
    }
}
