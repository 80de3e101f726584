package dev.turnstone.scenario;

import java.util.List;

/** Planted defects of one sort. {@link ZooTests} finds each collection by this type, and runs them all. */
abstract class PlantedDefects {

    abstract List<PlantedDefect> defects();
}
