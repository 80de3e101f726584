package dev.turnstone.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceTests {

    private final Path temp;

    WorkspaceTests(@TempDir Path temp) throws IOException {
        this.temp = temp.toRealPath();
    }

    @Test
    void aPathThroughASymbolicLinkIsMadeReal() throws IOException {
        Path real = Files.createDirectory(temp.resolve("real"));
        Path link = Files.createSymbolicLink(temp.resolve("link"), real);
        assertThat(Workspace.at(link.resolve("own")).root()).isEqualTo(real.resolve("own"));
        assertThat(Workspace.at(link).root()).isEqualTo(real);
    }

    @Test
    void missingParentsAreMade() {
        assertThat(Workspace.at(temp.resolve("a/b/c")).root()).isDirectory();
    }

    @Test
    void aNameIsClaimedOnceOnly() throws IOException {
        Workspace workspace = Workspace.at(temp.resolve("own"));
        Workspace.Claim claim = workspace.claim(Workspace.Area.SQLITE, "one", "a note");
        assertThat(claim.lines()).hasSize(2).last().isEqualTo("a note");
        assertThatExceptionOfType(FileAlreadyExistsException.class)
                .isThrownBy(() -> workspace.claim(Workspace.Area.SQLITE, "one", null));
        claim.release();
        assertThat(claim.ownerFile()).doesNotExist();
        claim.release();
    }

    @Test
    void aFileInPlaceOfTheDirectoryIsRefused() throws IOException {
        Path file = Files.writeString(temp.resolve("own"), "kept");
        assertThatExceptionOfType(TestDatabaseException.class)
                .isThrownBy(() -> Workspace.at(file))
                .withMessageContaining("it is not a directory")
                .withMessageContaining("Set turnstone.directory");
        assertThat(file).hasContent("kept");
    }

    @Test
    void aDirectoryOfAnotherUserIsRefusedAlsoBehindALink() throws IOException {
        Path foreign = Files.createDirectory(temp.resolve("foreign"));
        Path link = Files.createSymbolicLink(temp.resolve("link"), foreign);
        assumeTrue(giveAway(foreign), "only root can give a directory away");
        assertThatExceptionOfType(TestDatabaseException.class)
                .isThrownBy(() -> Workspace.at(foreign))
                .withMessageContaining("it belongs to")
                .withMessageContaining("not changed");
        assertThatExceptionOfType(TestDatabaseException.class)
                .isThrownBy(() -> Workspace.at(link))
                .withMessageContaining("it links to " + foreign + ", which belongs to");
        assertThat(foreign).isEmptyDirectory();
    }

    @Test
    void whatAnotherUserOwnsIsNeverAbandoned() throws IOException {
        Workspace workspace = Workspace.at(temp.resolve("own"));
        Workspace.Claim claim = workspace.claim(Workspace.Area.SQLITE, "one", null);
        Files.writeString(
                claim.ownerFile(),
                Files.readString(claim.ownerFile()).replaceFirst("started=[^;]*", "started=2001-01-01T00:00:00Z"));
        workspace.make(claim);
        assertThat(workspace.abandoned(Workspace.Area.SQLITE)).containsExactly(claim);
        assumeTrue(giveAway(claim.directory()), "only root can give a directory away");
        assertThat(workspace.abandoned(Workspace.Area.SQLITE)).isEmpty();
    }

    private static boolean giveAway(Path path) {
        try {
            Files.setAttribute(path, "unix:uid", 65534);
            return true;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return false;
        }
    }
}
