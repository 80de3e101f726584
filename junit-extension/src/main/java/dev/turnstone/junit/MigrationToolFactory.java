package dev.turnstone.junit;

import dev.turnstone.scenario.MigrationTool;
import java.util.List;

/** Makes another migration tool than the engine that comes with Turnstone. Has a constructor without parameters. */
public interface MigrationToolFactory {

    /**
     * A tool with the history that a test class names.
     *
     * @param locations as the annotation or the builder has them; not empty
     * @param classes the test class's loader, for places on the class path
     */
    MigrationTool create(List<String> locations, ClassLoader classes);
}
