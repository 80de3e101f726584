package dev.turnstone.cli;

import dev.turnstone.format.MigrationFiles;
import dev.turnstone.revision.Revision;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.source.Format;
import dev.turnstone.source.MigrationScript;
import dev.turnstone.source.Scripts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The history of a directory at a git reference.
 *
 * <p>The {@code git} command reads it, because it supports every repository layout. It is loaded like any history: the format
 * decides which files belong to a revision.
 *
 * @param reference the reference as the user wrote it
 * @param scripts the history; empty if the directory did not exist
 */
record HistoryAtReference(String reference, Scripts scripts) {

    /**
     * Reads the history. The working tree and the index of the repository do not change.
     *
     * @param directory a directory in a repository
     * @throws BadOptionException when it is in no repository, git finds no such commit, or git is not installed
     */
    static HistoryAtReference read(Path directory, String reference, Format format, Map<String, String> placeholders) {
        Path home = directory.toAbsolutePath();
        Answer commit = git(home, "rev-parse", "--verify", "--quiet", "--end-of-options", reference + "^{commit}");
        if (commit.status != 0) {
            Answer inside = git(home, "rev-parse", "--is-inside-work-tree");
            throw new BadOptionException(
                    inside.status == 0
                            ? "git finds no commit '" + reference
                                    + "', which --since names. Fetch it, or correct the name."
                            : "--since needs a git repository, and " + directory + " is in none: " + inside.text());
        }
        if (git(home, "rev-parse", "--verify", "--quiet", commit.text() + ":./").status != 0) {
            return new HistoryAtReference(reference, Scripts.of(List.of()));
        }
        Answer archive = git(home, "archive", "--format=zip", commit.text());
        if (archive.status != 0) {
            throw new BadOptionException(
                    "git could not read " + directory + " at '" + reference + "': " + archive.text());
        }
        try {
            Path temporary = Files.createTempDirectory("turnstone-since");
            try {
                unpack(archive.bytes, temporary);
                return new HistoryAtReference(
                        reference, Scripts.load(List.of(MigrationFiles.in(temporary, format, placeholders))));
            } finally {
                delete(temporary);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The history at '" + reference + "' could not be unpacked.", e);
        }
    }

    /** Returns whether the history had the revision. */
    boolean has(RevisionId id) {
        return scripts.graph().find(id).isPresent();
    }

    /** Returns the revisions of the current history that were edited since the reference. */
    List<Revision> editedIn(Scripts now) {
        Map<RevisionId, MigrationScript> before =
                scripts.inOrder().stream().collect(Collectors.toMap(MigrationScript::id, script -> script));
        return now.inOrder().stream()
                .filter(script -> before.containsKey(script.id()))
                .filter(script -> !Objects.equals(
                        script.checksum(),
                        Objects.requireNonNull(before.get(script.id())).checksum()))
                .map(MigrationScript::revision)
                .toList();
    }

    /** Returns the ids of the revisions that the current history no longer has. */
    Set<RevisionId> goneFrom(Scripts now) {
        return scripts.graph().revisions().stream()
                .map(Revision::id)
                .filter(id -> now.graph().find(id).isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static void unpack(byte[] zip, Path directory) throws IOException {
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip), StandardCharsets.UTF_8)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                Path file = directory.resolve(entry.getName()).normalize();
                if (!file.startsWith(directory)) {
                    throw new IOException("An entry leads out of the archive: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(Objects.requireNonNull(file.getParent()));
                    Files.copy(in, file);
                }
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** The output of git, or its error output if it failed. */
    private static final class Answer {

        private final int status;
        private final byte[] bytes;

        Answer(int status, byte[] bytes) {
            this.status = status;
            this.bytes = bytes;
        }

        String text() {
            return new String(bytes, StandardCharsets.UTF_8).strip();
        }
    }

    private static Answer git(Path directory, String... arguments) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        try {
            Path said = Files.createTempFile("turnstone-git", ".err");
            try {
                Process process = new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectError(said.toFile())
                        .start();
                process.getOutputStream().close();
                byte[] out = process.getInputStream().readAllBytes();
                int status = process.waitFor();
                return new Answer(status, status == 0 ? out : Files.readAllBytes(said));
            } finally {
                Files.delete(said);
            }
        } catch (IOException e) {
            throw new BadOptionException("--since needs the git command, which could not be run: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BadOptionException("git was interrupted.");
        }
    }
}
