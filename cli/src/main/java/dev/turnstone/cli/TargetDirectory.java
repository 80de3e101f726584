package dev.turnstone.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A directory that is filled at one go: its files are written beside it, and it appears with all of them or not at all.
 *
 * @param path the directory; does not exist yet, or is empty
 */
record TargetDirectory(Path path) {

    /**
     * Looks at the place.
     *
     * @throws BadOptionException when something is there
     */
    static TargetDirectory at(Path path) {
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw new BadOptionException(path + " is a file. Nothing was written. Name a directory with --to.");
        }
        if (Files.isDirectory(path) && !isEmpty(path)) {
            throw new BadOptionException(path + " is not empty, and nothing is overwritten. Nothing was written. Name a"
                    + " directory that is new, or empty, with --to.");
        }
        return new TargetDirectory(path.toAbsolutePath().normalize());
    }

    private static boolean isEmpty(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.findAny().isEmpty();
        } catch (IOException e) {
            throw new BadOptionException(
                    directory + " cannot be read: " + UnreadableFile.reason(directory, e) + " Nothing was written.");
        }
    }

    /**
     * Checks that the directory and another lie side by side: neither in the other, by whatever links they are named.
     *
     * @param source what is read
     * @throws BadOptionException when one is the other or lies in it
     */
    void requireApartFrom(Path source) {
        Path target = real(path);
        Path read = real(source);
        if (target.startsWith(read) || read.startsWith(target)) {
            throw new BadOptionException(path + " lies in " + source
                    + ", which is read, or holds it. Nothing was written." + " Name a directory outside with --to.");
        }
    }

    /** The path without links, as far as it exists. */
    private static Path real(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        for (Path there = absolute; there != null; there = there.getParent()) {
            try {
                return there.toRealPath().resolve(there.relativize(absolute)).normalize();
            } catch (IOException e) {
                // This part does not exist yet; a directory above it may.
            }
        }
        return absolute;
    }

    /**
     * Makes the directory.
     *
     * @param files contents by name
     * @param check looks at the files before they are moved; what it throws is passed on, and nothing is left
     * @throws BadOptionException when the directory cannot be written; nothing is left
     */
    void fill(Map<String, String> files, Consumer<Path> check) {
        Path parent = path.getParent();
        if (parent == null) {
            throw new BadOptionException(path + " is no directory that could be made. Nothing was written.");
        }
        try {
            Files.createDirectories(parent);
            // Not a temporary directory of Java's, which only its owner may read: the umask decides.
            Path beside = Files.createDirectory(parent.resolve("." + path.getFileName() + "-" + UUID.randomUUID()));
            try {
                for (Map.Entry<String, String> file : files.entrySet()) {
                    Files.writeString(beside.resolve(file.getKey()), file.getValue());
                }
                check.accept(beside);
                Files.deleteIfExists(path);
                Files.move(beside, path);
            } finally {
                delete(beside);
            }
        } catch (IOException e) {
            throw new BadOptionException(path + " cannot be written: " + e + ". Nothing was written there.");
        }
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> files = Files.walk(directory)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : all) {
            Files.delete(file);
        }
    }
}
