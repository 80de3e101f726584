package dev.turnstone.database;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Our own directory for files, readable by its owner only. Within it, {@code <area>/<name>} belongs to the process that
 * {@code <area>/<name>.owner} names.
 *
 * @param root a real path, without symbolic links
 */
record Workspace(Path root) {

    private static final String OWNER_SUFFIX = ".owner";
    private static final int DELETE_ATTEMPTS = 20;

    /** What a directory is for. */
    enum Area {
        SQLITE("sqlite", Owner.Kind.FILES),
        POSTGRES("postgres", Owner.Kind.SERVER),
        DATABASES("databases", Owner.Kind.DATABASE);

        private final String folder;
        private final Owner.Kind kind;

        Area(String folder, Owner.Kind kind) {
            this.folder = folder;
            this.kind = kind;
        }
    }

    /**
     * A directory, and the file beside it that says whose it is.
     *
     * @param directory need not exist
     */
    record Claim(Path directory, Path ownerFile) {

        /** Deletes the directory, then the owner file: what remains after a crash in between is still claimed. */
        void release() throws IOException {
            for (int attempt = 1; ; attempt++) {
                try {
                    deleteTree(directory);
                    break;
                } catch (DirectoryNotEmptyException e) {
                    // A thread that is still at work on a database can make a journal meanwhile.
                    if (attempt == DELETE_ATTEMPTS) {
                        throw e;
                    }
                }
            }
            Files.deleteIfExists(ownerFile);
        }

        String name() {
            return String.valueOf(directory.getFileName());
        }

        /** The owner file's lines: the marker, then what was noted with it. */
        List<String> lines() throws IOException {
            return Files.readAllLines(ownerFile);
        }
    }

    /**
     * Opens the directory, and makes it when it is absent.
     *
     * @throws TestDatabaseException when it cannot be made, or belongs to another user
     */
    static Workspace at(Path directory) {
        try {
            Path absolute = directory.toAbsolutePath().normalize();
            Path parent = absolute.getParent();
            if (parent == null) {
                throw unsafe(directory, "it is the root of a file system");
            }
            if (!Files.isDirectory(parent)) {
                Files.createDirectories(parent);
            }
            Path real = parent.toRealPath().resolve(String.valueOf(absolute.getFileName()));
            return new Workspace(own(real));
        } catch (IOException e) {
            throw new TestDatabaseException(
                    "The directory " + directory + " for test databases cannot be used: " + e
                            + "\nNothing was created. Set turnstone.directory to one that can be written and has"
                            + " space.",
                    e);
        }
    }

    /** Where databases go that outlive their run, until a person deletes them. */
    Path kept() {
        return root.resolve("kept");
    }

    /** A directory that is only a cache, and that outlives the run. */
    Path cache(String name) throws IOException {
        return own(root.resolve(name));
    }

    /**
     * Claims a name for this process. The directory itself is not made.
     *
     * @param note a further line for the owner file, or null
     * @throws FileAlreadyExistsException when the name is claimed already
     * @throws TestDatabaseException when the directory cannot be written
     */
    Claim claim(Area area, String name, @Nullable String note) throws IOException {
        try {
            return claimed(own(root.resolve(area.folder)), area, name, note);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (IOException e) {
            throw new TestDatabaseException(
                    "No file can be made in the directory " + root + " for test databases: " + e
                            + "\nNothing was created. Set turnstone.directory to one that can be written and has"
                            + " space.",
                    e);
        }
    }

    private static Claim claimed(Path folder, Area area, String name, @Nullable String note) throws IOException {
        Claim claim = new Claim(folder.resolve(name), folder.resolve(name + OWNER_SUFFIX));
        String text = Owner.current().marker(area.kind) + "\n" + (note == null ? "" : note + "\n");
        try (var out = Files.newByteChannel(
                claim.ownerFile,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                ownerOnly(folder, "rw-------"))) {
            out.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        }
        return claim;
    }

    /** Makes a claimed directory. */
    Path make(Claim claim) throws IOException {
        return own(claim.directory);
    }

    /** The claims of processes that no longer run. */
    List<Claim> abandoned(Area area) throws IOException {
        Path folder = root.resolve(area.folder);
        List<Claim> abandoned = new ArrayList<>();
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) && isOurs(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + OWNER_SUFFIX)) {
                for (Path ownerFile : files) {
                    String name = String.valueOf(ownerFile.getFileName());
                    Claim claim = new Claim(
                            folder.resolve(name.substring(0, name.length() - OWNER_SUFFIX.length())), ownerFile);
                    if (isAbandoned(claim, area)) {
                        abandoned.add(claim);
                    }
                }
            }
        }
        return abandoned;
    }

    private static boolean isAbandoned(Claim claim, Area area) throws IOException {
        try {
            if (claim.name().isEmpty()
                    || !Files.isRegularFile(claim.ownerFile, LinkOption.NOFOLLOW_LINKS)
                    || !isOurs(claim.ownerFile)
                    || (Files.exists(claim.directory, LinkOption.NOFOLLOW_LINKS) && !isOurs(claim.directory))) {
                return false;
            }
            List<String> lines = claim.lines();
            return !lines.isEmpty()
                    && Owner.read(area.kind, lines.get(0)).filter(Owner::isGone).isPresent();
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Makes a directory for its owner only, or checks that the one there is ours. A symbolic link must be ours too. */
    private static Path own(Path directory) throws IOException {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            Path parent = directory.getParent();
            try {
                return Files.createDirectory(directory, ownerOnly(parent == null ? directory : parent, "rwx------"));
            } catch (FileAlreadyExistsException e) {
                // Another process of this user was faster, or another user was; which, is checked below.
            }
        }
        if (!isOurs(directory)) {
            throw unsafe(directory, "it belongs to " + owner(directory));
        }
        Path real = directory.toRealPath();
        if (!Files.isDirectory(real)) {
            throw unsafe(directory, "it is not a directory");
        }
        if (!isOurs(real)) {
            throw unsafe(directory, "it leads to " + real + ", which belongs to " + owner(real));
        }
        return real;
    }

    private static TestDatabaseException unsafe(Path directory, String problem) {
        return new TestDatabaseException(
                "The directory " + directory + " cannot hold test databases: " + problem
                        + ". It was left untouched. Set turnstone.directory to a directory of your own.",
                null);
    }

    private static boolean isOurs(Path path) throws IOException {
        return owner(path).equals(Self.user());
    }

    private static UserPrincipal owner(Path path) throws IOException {
        return Files.getOwner(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static FileAttribute<?>[] ownerOnly(Path existing, String permissions) throws IOException {
        return Files.getFileStore(existing).supportsFileAttributeView("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    /** Deletes a directory and all in it; symbolic links are deleted, not followed. */
    static void deleteTree(Path directory) throws IOException {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e) throws IOException {
                if (e != null) {
                    throw e;
                }
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** The user as files name him: {@code user.name} can be empty or another where a container maps users. */
    private static final class Self {
        private static @Nullable UserPrincipal found;

        static synchronized UserPrincipal user() {
            UserPrincipal known = found;
            if (known == null) {
                known = probe();
                found = known;
            }
            return known;
        }

        private static UserPrincipal probe() {
            try {
                Path file = Files.createTempFile("turnstone", null);
                try {
                    return Files.getOwner(file);
                } finally {
                    Files.delete(file);
                }
            } catch (IOException e) {
                throw new TestDatabaseException(
                        "No file can be made in " + System.getProperty("java.io.tmpdir")
                                + ", the directory for temporary files: " + e
                                + "\nNothing was created. Free space there, or name a directory that can be written by"
                                + " the system property java.io.tmpdir.",
                        e);
            }
        }
    }
}
