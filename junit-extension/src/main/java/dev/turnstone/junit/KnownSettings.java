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

/** The settings that begin with {@code turnstone.}; a name that is none of them is a slip that nobody would notice. */
final class KnownSettings {

    private static final String PREFIX = "turnstone.";
    private static final String FILE = "junit-platform.properties";

    /** What the assertions read, and what lanes of a build that tests Turnstone itself may set. */
    private static final Set<String> OF_OTHERS =
            Set.of("turnstone.snapshots", "turnstone.seed", "turnstone.tries", "turnstone.goldens", "turnstone.toml");

    private KnownSettings() {}

    /**
     * Looks at the system properties and at {@code junit-platform.properties}. What a launcher is told apart from these
     * JUnit does not let us list.
     *
     * @throws ExtensionConfigurationException when there is a name that nobody knows
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
                throw new ExtensionConfigurationException("The setting '" + name + "' in " + place + " is not known"
                        + EditDistance.nearMiss(name, known)
                                .map(near -> "; '" + near + "' is. Correct the name.")
                                .orElse(". Take it away, or name one of " + String.join(", ", new TreeSet<>(known))
                                        + "."));
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
