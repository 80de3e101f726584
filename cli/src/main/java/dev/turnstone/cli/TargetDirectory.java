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
 * A directory that is created with all its files or not at all: they are written to a temporary directory beside it first.
 *
 * @param path the directory; it does not exist yet, or is empty
 */
record TargetDirectory(Path path) {

    /**
     * Checks the directory.
     *
     * @throws BadOptionException when it is a file, or not empty
     */
    static TargetDirectory at(Path path) {
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw new BadOptionException(path + " is a file. Nothing was written. Name a directory with --to.");
        }
        if (Files.isDirectory(path) && !isEmpty(path)) {
            throw new BadOptionException(path + " is not empty. Nothing was written. Name a"
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
     * Checks that neither of two directories is inside the other, with symbolic links resolved.
     *
     * @param source the directory that is read
     * @throws BadOptionException when they are the same, or one is inside the other
     */
    void requireApartFrom(Path source) {
        Path target = real(path);
        Path read = real(source);
        if (target.startsWith(read) || read.startsWith(target)) {
            throw new BadOptionException(
                    path + " and " + source
                            + ", which is read, must not contain each other. Nothing was written. Name another directory with --to.");
        }
    }

    /** Resolves the links of the part of the path that exists. */
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
     * Creates the directory.
     *
     * @param files the contents of the files by name
     * @param check reads the files before they are moved; if it throws, nothing is left behind
     * @throws BadOptionException when the directory cannot be written; nothing is left behind
     */
    void fill(Map<String, String> files, Consumer<Path> check) {
        Path parent = path.getParent();
        if (parent == null) {
            throw new BadOptionException(path + " cannot be created. Nothing was written.");
        }
        try {
            Files.createDirectories(parent);
            // Not Files.createTempDirectory, whose directory only its owner may read: the umask decides here.
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
