package dev.turnstone.junit;

import dev.turnstone.scenario.HistoryPlace;
import dev.turnstone.scenario.MigrationTool;
import dev.turnstone.source.RevisionSources;
import dev.turnstone.source.Scripts;
import dev.turnstone.tool.BundledEngine;
import java.util.List;
import java.util.Map;

/** Creates the bundled engine. */
final class BundledEngineFactory implements MigrationToolFactory {

    @Override
    public MigrationTool create(List<String> locations, ClassLoader classes) {
        return new BundledEngine(
                Scripts.load(locations.stream()
                        .map(location -> RevisionSources.parse(location, classes))
                        .toList()),
                new HistoryPlace(locations, null, Map.of()));
    }
}
