package dev.turnstone.dialect.postgresql;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table of all kinds of object and all their attributes. The catalog shows whether it is complete. */
final class PlantedDifferences {

    private PlantedDifferences() {}

    static List<Planted> all() {
        return Stream.of(
                        PlantedInTables.tables(),
                        PlantedInTables.columns(),
                        PlantedInConstraints.constraints(),
                        PlantedInIndexes.indexes(),
                        PlantedInIndexes.views(),
                        PlantedInTypes.types(),
                        PlantedInTypes.routines(),
                        PlantedInTriggers.triggers(),
                        PlantedInTriggers.access(),
                        PlantedInOperators.rest(),
                        PlantedInDatabase.all(),
                        PlantedOnServer.all())
                .flatMap(List::stream)
                .toList();
    }

    /**
     * Returns all rows by name.
     *
     * @throws IllegalStateException if two rows have the same name
     */
    static Map<String, Planted> byName() {
        return all().stream().collect(Collectors.toMap(Planted::name, Function.identity()));
    }
}
