package dev.turnstone.junit;

import dev.turnstone.database.DatabaseSettings;
import dev.turnstone.scenario.PolicySettings;
import dev.turnstone.scenario.TimeSpan;
import dev.turnstone.source.EditDistance;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** The known settings with the prefix {@code turnstone.}. Unknown names are refused, because they are probably misspelled. */
final class KnownSettings {

    private static final String PREFIX = "turnstone.";
    private static final String FILE = "junit-platform.properties";

    /** The settings of the assertions module, and those of lanes in Turnstone's own build. */
    private static final Set<String> OF_OTHERS =
            Set.of("turnstone.snapshots", "turnstone.seed", "turnstone.tries", "turnstone.goldens", "turnstone.toml");

    private KnownSettings() {}

    /**
     * Checks the system properties and {@code junit-platform.properties}. JUnit has no API to list other configuration
     * parameters of a launcher.
     *
     * @throws ExtensionConfigurationException when there is an unknown name
     */
    static void refuseOthers(ClassLoader classes) {
        refuse(System.getProperties().stringPropertyNames(), "the system properties");
        try (InputStream file = classes.getResourceAsStream(FILE)) {
            if (file != null) {
                Properties properties = new Properties();
                properties.load(file);
                refuse(properties.stringPropertyNames(), FILE);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new ExtensionConfigurationException(FILE + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static void refuse(Set<String> names, String place) {
        for (String name : new TreeSet<>(names)) {
            if (name.startsWith(PREFIX) && !isKnown(name)) {
                Set<String> known = all();
                throw new ExtensionConfigurationException("The setting '" + name + "' in " + place + " is unknown"
                        + EditDistance.nearMiss(name, known)
                                .map(near -> "; '" + near + "' is known. Correct the name.")
                                .orElse(". Remove it, or use one of " + String.join(", ", new TreeSet<>(known)) + "."));
            }
        }
    }

    private static boolean isKnown(String name) {
        return all().contains(name)
                || OF_OTHERS.contains(name)
                || name.startsWith("turnstone.lanes.")
                || name.startsWith("turnstone.tests.");
    }

    private static Set<String> all() {
        Set<String> names = new HashSet<>(DatabaseSettings.names());
        names.addAll(Set.of(
                RunSelection.DIALECT,
                RunSelection.REVISION,
                TestRun.REPORT_DIRECTORY,
                TimeSpan.TIMEOUT,
                TimeSpan.LOCK_TIMEOUT));
        PolicySettings.keys().forEach(key -> names.add(PolicySettings.PREFIX + key));
        return names;
    }
}
