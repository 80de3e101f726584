package dev.turnstone.format;

import dev.turnstone.operation.SqlText;
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
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A source for the files of sqlx: pairs {@code 20240531_x.up.sql} and {@code 20240531_x.down.sql}, or {@code
 * 20240531_x.sql} without a downgrade, directly in a directory. Versions are numbers, and other files are ignored. A
 * file that begins with {@code -- no-transaction} runs without a transaction. Immutable and thread-safe.
 *
 * @see <a href="https://docs.rs/sqlx/latest/sqlx/macro.migrate.html">sqlx: migrate!</a>
 */
public final class SqlxSource implements RevisionSource {

    private static final Pattern NAME = Pattern.compile("([0-9]+)_(.*?)(\\.up|\\.down)?\\.sql");

    private final Path directory;

    private SqlxSource(Path directory) {
        this.directory = directory;
    }

    /** Creates a source for a directory. */
    public static SqlxSource of(Path directory) {
        return new SqlxSource(directory);
    }

    private record File(String name, String version, String title, boolean isDown) {}

    /**
     * {@inheritDoc}
     *
     * @return the revisions by version; each has the previous one as its parent
     * @throws SourceNotFoundException if the directory does not exist
     * @throws UnreadableSourceException if a file cannot be read or is not UTF-8
     */
    @Override
    public List<MigrationScript> load() {
        SortedMap<BigInteger, List<File>> byVersion = new TreeMap<>();
        for (Path path : SqlFileSource.sqlFiles(directory, 1)) {
            String name = String.valueOf(path.getFileName());
            Matcher matcher = NAME.matcher(name);
            if (matcher.matches()) {
                byVersion
                        .computeIfAbsent(new BigInteger(matcher.group(1)), version -> new ArrayList<>())
                        .add(new File(name, matcher.group(1), matcher.group(2), ".down".equals(matcher.group(3))));
            }
        }
        List<FoundRevision> found = new ArrayList<>();
        byVersion.values().forEach(files -> addPairs(files, found));
        return RevisionLine.of(Format.SQLX, found);
    }

    /** Files of one version are one pair, whatever their titles, unless several of them have the same direction. */
    private void addPairs(List<File> files, List<FoundRevision> found) {
        List<File> ups = files.stream().filter(file -> !file.isDown()).toList();
        List<File> downs = files.stream().filter(File::isDown).toList();
        if (ups.size() <= 1 && downs.size() <= 1) {
            found.add(revision(ups.isEmpty() ? null : ups.get(0), downs.isEmpty() ? null : downs.get(0)));
            return;
        }
        List<File> left = new ArrayList<>(downs);
        for (File up : ups) {
            File down = left.stream()
                    .filter(file -> file.title().equals(up.title()))
                    .findFirst()
                    .orElse(null);
            left.remove(down);
            found.add(revision(up, down));
        }
        left.forEach(down -> found.add(revision(null, down)));
    }

    private FoundRevision revision(@Nullable File up, @Nullable File down) {
        File named = up != null ? up : down;
        if (named == null) {
            throw new IllegalStateException("a version has a file");
        }
        return FoundRevision.of(
                named.version(),
                named.version() + "_" + named.title(),
                named.title(),
                named.name(),
                up == null ? null : body(up),
                down == null ? null : body(down));
    }

    private Body body(File file) {
        SqlText text = WholeFile.read(directory, file.name());
        return Body.of(
                List.of(text),
                text.text().startsWith("-- no-transaction") ? TransactionMode.NONE : TransactionMode.AS_WRITTEN);
    }

    @Override
    public String describe() {
        return directory.toString();
    }
}
