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
 * Turnstone's directory for files, readable by its owner only. Within it, {@code <area>/<name>} belongs to the process that
 * {@code <area>/<name>.owner} names.
 *
 * @param root a real path, without symbolic links
 */
record Workspace(Path root) {

    private static final String OWNER_SUFFIX = ".owner";
    private static final int DELETE_ATTEMPTS = 20;

    /** The purpose of a directory. */
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
     * A directory, and the file beside it that names its owner.
     *
     * @param directory the directory; it need not exist
     */
    record Claim(Path directory, Path ownerFile) {

        /** Deletes the directory, then the owner file, so that after a crash between the two the rest is still claimed. */
        void release() throws IOException {
            for (int attempt = 1; ; attempt++) {
                try {
                    deleteTree(directory);
                    break;
                } catch (DirectoryNotEmptyException e) {
                    // A thread that still uses a database can create a journal meanwhile.
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

        /** Returns the lines of the owner file: the marker, then the note. */
        List<String> lines() throws IOException {
            return Files.readAllLines(ownerFile);
        }
    }

    /**
     * Opens the directory, and creates it if it does not exist.
     *
     * @throws TestDatabaseException when it cannot be created, or belongs to another user
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

    /** Returns the directory for kept databases. */
    Path kept() {
        return root.resolve("kept");
    }

    /** Returns a directory for a cache that is kept after the run. */
    Path cache(String name) throws IOException {
        return own(root.resolve(name));
    }

    /**
     * Claims a name for this process. The directory itself is not created.
     *
     * @param note an additional line for the owner file, or null
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
                    "No file can be created in the directory " + root + " for test databases: " + e
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

    /** Creates a claimed directory. */
    Path make(Claim claim) throws IOException {
        return own(claim.directory);
    }

    /** Returns the claims of processes that no longer run. */
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

    /** Creates a directory for its owner only, or checks that an existing one, or a symbolic link, belongs to this user. */
    private static Path own(Path directory) throws IOException {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            Path parent = directory.getParent();
            try {
                return Files.createDirectory(directory, ownerOnly(parent == null ? directory : parent, "rwx------"));
            } catch (FileAlreadyExistsException e) {
                // Another process created it first; its owner is checked below.
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
            throw unsafe(directory, "it links to " + real + ", which belongs to " + owner(real));
        }
        return real;
    }

    private static TestDatabaseException unsafe(Path directory, String problem) {
        return new TestDatabaseException(
                "The directory " + directory + " cannot hold test databases: " + problem
                        + ". It was not changed. Set turnstone.directory to a directory that belongs to this user.",
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

    /** Deletes a directory with everything in it; symbolic links are deleted and not followed. */
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

    /** Returns the user as file owner: {@code user.name} can be empty or different if a container maps users. */
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
                        "No file can be created in " + System.getProperty("java.io.tmpdir")
                                + ", the directory for temporary files: " + e
                                + "\nNothing was created. Free space there, or name a directory that can be written by"
                                + " the system property java.io.tmpdir.",
                        e);
            }
        }
    }
}
