package dev.turnstone.execution.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnstone.Migrator;
import dev.turnstone.dialect.DatabaseUrl;
import dev.turnstone.execution.NotAtHeadsException;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.revision.UnknownVersionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingTheVersionTests {

    @TempDir
    Path directory = Path.of("");

    @Test
    void purgeAndStampDeletesRowsThatNameNoRevision() throws Exception {
        Migrator migrator = migrator("a1", "b1");
        migrator.stamp("b1");
        execute("UPDATE turnstone_version SET version_num = 'gone'");

        assertThatThrownBy(() -> migrator.stamp("a1")).isInstanceOf(UnknownVersionException.class);
        assertThat(migrator.purgeAndStamp("a1")).containsExactly(RevisionId.of("a1"));
        assertThat(migrator.purgeAndStamp("base")).isEmpty();
    }

    @Test
    void purgeAndStampKeepsTheRowsIfATargetIsUnknown() throws Exception {
        Migrator migrator = migrator("a1", "b1");
        migrator.stamp("b1");

        assertThatThrownBy(() -> migrator.purgeAndStamp("nowhere")).hasMessageContaining("nowhere");
        assertThat(migrator.current()).containsExactly(RevisionId.of("b1"));
    }

    @Test
    void ensureVersionTableCreatesAnEmptyTableOnce() throws Exception {
        Migrator migrator = migrator("a1");

        migrator.ensureVersionTable();
        execute("INSERT INTO turnstone_version VALUES ('a1')");
        migrator.ensureVersionTable();

        assertThat(migrator.current()).containsExactly(RevisionId.of("a1"));
    }

    @Test
    void checkHeadsReportsTheMissingRevisions() throws Exception {
        Migrator migrator = migrator("a1", "b1", "c1");

        assertThatThrownBy(migrator::checkHeads)
                .hasMessage("The database is not at the head of its history: it is at base, and the history ends at c1;"
                        + " 3 revisions are not applied. Nothing was changed. Run 'upgrade heads'.");
        migrator.stamp("b1");
        assertThatThrownBy(migrator::checkHeads).isInstanceOfSatisfying(NotAtHeadsException.class, e -> {
            assertThat(e.current()).containsExactly(RevisionId.of("b1"));
            assertThat(e.missing()).containsExactly(RevisionId.of("c1"));
        });
        migrator.stamp("c1");
        migrator.checkHeads();
    }

    private Migrator migrator(String... ids) throws IOException {
        Path revisions = Files.createDirectories(directory.resolve("revisions"));
        String parent = "";
        for (String id : ids) {
            Files.writeString(
                    revisions.resolve(id + ".sql"), "-- revision: " + id + "\n" + parent + "\n-- upgrade\nSELECT 1;\n");
            parent = "-- parents: " + id + "\n";
        }
        return Migrator.of(dataSource(), revisions.toString());
    }

    private DataSource dataSource() {
        return DatabaseUrl.parse("sqlite:///" + directory.resolve("app.db")).dataSource();
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
