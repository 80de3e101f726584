package dev.turnstone.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_PROPERTIES)
class SettingNamesTests {

    @MigrationTest(dialects = "sqlite")
    static class AnyTestCase {
        @Test
        void plain(MigratedDatabase database) {}
    }

    @Test
    void aSlipInASystemPropertyIsRefusedWithTheNearestName() {
        System.setProperty("turnstone.postgres.uri", "postgresql://localhost/shop");
        try {
            assertThat(Launch.onServer().run(AnyTestCase.class).failures())
                    .singleElement()
                    .asString()
                    .contains("'turnstone.postgres.uri' in the system properties", "'turnstone.postgres.url' is");
        } finally {
            System.clearProperty("turnstone.postgres.uri");
        }
    }

    private static void check(Path directory, String content) throws Exception {
        Files.writeString(directory.resolve("junit-platform.properties"), content);
        try (URLClassLoader classes =
                new URLClassLoader(new URL[] {directory.toUri().toURL()}, null)) {
            KnownSettings.refuseOthers(classes);
        }
    }

    @Test
    void theFileOfJUnitIsLookedAtToo(@TempDir Path directory) throws Exception {
        assertThatCode(() -> check(directory, """
                        junit.jupiter.execution.parallel.enabled = true
                        turnstone.keep = failed
                        turnstone.sqlite.journal = wal
                        turnstone.dialect = sqlite
                        turnstone.policies.not-additive = error
                        turnstone.policies.names.index = ix_%(table_name)s_%(column_0_name)s
                        turnstone.report.directory = somewhere
                        """)).doesNotThrowAnyException();
        assertThatExceptionOfType(ExtensionConfigurationException.class)
                .isThrownBy(() -> check(directory, "turnstone.kept = failed"))
                .withMessageContaining("'turnstone.kept' in junit-platform.properties is unknown; 'turnstone.keep' is");
        assertThatExceptionOfType(ExtensionConfigurationException.class)
                .isThrownBy(() -> check(directory, "turnstone.something.else = 1"))
                .withMessageContaining(
                        "use one of turnstone.allow-cluster-changes, turnstone.dialect, turnstone.directory");
    }
}
