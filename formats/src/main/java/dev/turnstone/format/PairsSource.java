package dev.turnstone.format;

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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A source for pairs of files with other common names: {@code V0001.Name.up.sql}, {@code 0001_x_up.sql}, {@code
 * 0001_x_postgres.up.sql}, {@code 0001_x/up.sql}, each with its {@code down}. Immutable and thread-safe.
 *
 * <p>Versions are compared as numbers. A version with dashes is compared as a date without them. On its dialect, a file
 * that names a dialect replaces the file without one. {@code .autocommit.} in a file's name means no transaction for
 * that file, and so does the absence of {@code .tx.} if other names contain it. Revisions with the same version are all
 * kept, ordered by name.
 */
public final class PairsSource implements RevisionSource {

    private final Path directory;

    private PairsSource(Path directory) {
        this.directory = directory;
    }

    /** Creates a source for a directory. */
    public static PairsSource of(Path directory) {
        return new PairsSource(directory);
    }

    /**
     * {@inheritDoc}
     *
     * @return the revisions by version; each has the previous one as its parent
     * @throws SourceNotFoundException if the directory does not exist
     * @throws DuplicateVersionException if two files of one version also have the same title, direction and dialect
     * @throws UnreadableSourceException if a file cannot be read or is not UTF-8
     */
    @Override
    public List<MigrationScript> load() {
        List<PairFile> files = files();
        boolean marksTransactions = files.stream().anyMatch(file -> file.mark().equals("tx"));
        Map<String, List<PairFile>> byVersion = new TreeMap<>(order(files));
        files.forEach(file -> byVersion
                .computeIfAbsent(file.version(), version -> new ArrayList<>())
                .add(file));
        List<FoundRevision> found = new ArrayList<>();
        byVersion.values().forEach(same -> {
            for (List<PairFile> one : revisions(same)) {
                found.add(revision(one, marksTransactions));
            }
        });
        return RevisionLine.of(Format.PAIRS, found);
    }

    private List<PairFile> files() {
        List<PairFile> files = SqlFileSource.sqlFiles(directory, 2).stream()
                .map(path -> directory.relativize(path).toString().replace('\\', '/'))
                .flatMap(path -> PairFile.named(path).stream())
                .toList();
        return files.stream()
                .map(file -> file.isForeign() && !hasSibling(file, files) ? file.withDialectInTitle() : file)
                .filter(file -> !file.isForeign())
                .toList();
    }

    /**
     * Returns whether a file for another dialect has the same title, so that the last word of the name is a database
     * and not part of the title.
     */
    private static boolean hasSibling(PairFile file, List<PairFile> files) {
        return files.stream()
                .anyMatch(other -> other.version().equals(file.version())
                        && other.title().equals(file.title())
                        && !other.dialect().equals(file.dialect()));
    }

    private static Comparator<String> order(List<PairFile> files) {
        return files.stream().anyMatch(file -> file.version().contains("-"))
                ? Comparator.comparing(version -> version.replaceAll("[-.]", ""))
                : PairsSource::compareNumbers;
    }

    private static int compareNumbers(String one, String other) {
        String[] left = one.split("\\.", -1);
        String[] right = other.split("\\.", -1);
        for (int i = 0; i < Math.min(left.length, right.length); i++) {
            int part = new BigInteger(left[i]).compareTo(new BigInteger(right[i]));
            if (part != 0) {
                return part;
            }
        }
        return Integer.compare(left.length, right.length);
    }

    /** Groups the files of one version, one list for each revision. */
    private static List<List<PairFile>> revisions(List<PairFile> files) {
        if (titles(files, false) <= 1 && titles(files, true) <= 1) {
            return List.of(files);
        }
        Map<String, List<PairFile>> byTitle = new TreeMap<>();
        files.forEach(file -> byTitle.computeIfAbsent(file.title(), title -> new ArrayList<>())
                .add(file));
        return List.copyOf(byTitle.values());
    }

    private static long titles(List<PairFile> files, boolean down) {
        return files.stream()
                .filter(file -> file.isDown() == down)
                .map(PairFile::title)
                .distinct()
                .count();
    }

    private FoundRevision revision(List<PairFile> files, boolean marksTransactions) {
        Map<String, PairFile> ups = byDialect(files, false);
        Map<String, PairFile> downs = byDialect(files, true);
        PairFile named = (ups.isEmpty() ? downs : ups).values().iterator().next();
        FoundRevision found = FoundRevision.of(
                named.version(),
                named.title().isEmpty() ? named.version() : named.version() + "_" + named.title(),
                named.title(),
                named.path(),
                body(ups, marksTransactions),
                downs.isEmpty() ? null : body(downs, marksTransactions));
        return found.with(dialect -> downgrade(ups, downs, dialect));
    }

    private static Downgrade downgrade(Map<String, PairFile> ups, Map<String, PairFile> downs, String dialect) {
        boolean doesNothing = !ups.isEmpty() && on(ups, dialect).isEmpty();
        return doesNothing || on(downs, dialect).isPresent() ? new Downgrade.Defined() : new Downgrade.Missing();
    }

    private Map<String, PairFile> byDialect(List<PairFile> files, boolean down) {
        Map<String, PairFile> byDialect = new LinkedHashMap<>();
        for (PairFile file : files) {
            if (file.isDown() == down) {
                PairFile first = byDialect.putIfAbsent(file.dialect(), file);
                if (first != null) {
                    throw DuplicateVersionException.ofNumbers(
                            directory.toString(),
                            file.version(),
                            down ? "down file" : "up file",
                            first.path(),
                            file.path());
                }
            }
        }
        return byDialect;
    }

    private static Optional<PairFile> on(Map<String, PairFile> files, String dialect) {
        @Nullable PairFile own = files.get(dialect);
        return Optional.ofNullable(own == null ? files.get("") : own);
    }

    private Body body(Map<String, PairFile> files, boolean marksTransactions) {
        Map<String, Body> bodies = new HashMap<>();
        for (PairFile file : files.values()) {
            boolean without = file.mark().equals("autocommit")
                    || (marksTransactions && !file.mark().equals("tx"));
            bodies.put(
                    file.path(),
                    Body.of(
                            List.of(WholeFile.read(directory, file.path())),
                            without ? TransactionMode.NONE : TransactionMode.AS_WRITTEN));
        }
        Function<String, Body> one = dialect -> on(files, dialect)
                .map(file -> Objects.requireNonNull(bodies.get(file.path())))
                .orElseGet(Body::nothing);
        return new Body(
                dialect -> one.apply(dialect).sql().on(dialect),
                dialect -> one.apply(dialect).transaction().on(dialect));
    }

    @Override
    public String describe() {
        return directory.toString();
    }
}
