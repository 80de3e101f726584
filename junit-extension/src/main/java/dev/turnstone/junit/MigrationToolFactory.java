package dev.turnstone.junit;

import dev.turnstone.scenario.MigrationTool;
import java.util.List;

/** Creates a migration tool other than the bundled engine. An implementation has a constructor without parameters. */
public interface MigrationToolFactory {

    /**
     * Creates a tool with the history of a test class.
     *
     * @param locations the locations of the annotation or the builder; not empty
     * @param classes the test class's loader, for locations on the class path
     */
    MigrationTool create(List<String> locations, ClassLoader classes);
}
