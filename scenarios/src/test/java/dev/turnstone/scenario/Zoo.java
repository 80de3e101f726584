package dev.turnstone.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.platform.commons.support.ReflectionSupport;

/** All planted defects, and what became of them. */
final class Zoo {

    /** What makes a defect another one than the rest: two that are alike in all of this count as one. */
    record Species(String scenario, String dialect, String findingClass, String kind) implements Comparable<Species> {

        private static final Comparator<Species> ORDER = Comparator.comparing(Species::scenario)
                .thenComparing(Species::dialect)
                .thenComparing(Species::findingClass)
                .thenComparing(Species::kind);

        /** What a finding in short says of a defect. */
        static Species of(PlantedDefect defect, String dialect, String finding) {
            String[] words = finding.split(" ", 4);
            return new Species(defect.scenario(), dialect, words[1], words[2]);
        }

        @Override
        public int compareTo(Species other) {
            return ORDER.compare(this, other);
        }
    }

    private final Map<Species, Integer> looks = new TreeMap<>();
    private final Map<Species, Integer> misses = new TreeMap<>();
    private final Map<String, Duration> times = new TreeMap<>();
    private int histories;
    private int falseAlarms;

    /** The defects of all collections of this package. */
    static List<PlantedDefect> defects() {
        return defects("");
    }

    /** Those in whose collection and name, such as {@code LossDefects table lost}, a pattern is found. */
    static List<PlantedDefect> defects(String pattern) {
        Pattern words = Pattern.compile(pattern);
        return ReflectionSupport.streamAllClassesInPackage(
                        Zoo.class.getPackageName(), type -> type.getSuperclass() == PlantedDefects.class, name -> true)
                .sorted(Comparator.comparing(Class::getName))
                .map(type -> (PlantedDefects) ReflectionSupport.newInstance(type))
                .flatMap(collection -> collection.defects().stream()
                        .filter(defect -> words.matcher(collection.getClass().getSimpleName() + " " + defect.name())
                                .find()))
                .toList();
    }

    /** The species that a defect counts as, one for each of its dialects: those of the finding it is planted for. */
    static Stream<Species> counted(PlantedDefect defect) {
        return defect.dialects().stream()
                .map(dialect -> Species.of(defect, dialect, defect.findings().get(0)));
    }

    /** All that must be found, also what a defect brings with it. */
    static Stream<Species> expected(PlantedDefect defect) {
        return defect.dialects().stream()
                .flatMap(dialect -> defect.findings().stream().map(f -> Species.of(defect, dialect, f)));
    }

    /**
     * Notes what was found.
     *
     * @param found in the history with the defect
     * @param expected what should have been
     * @param corrected what was found in the corrected history
     */
    void note(PlantedDefect defect, String dialect, List<String> found, List<String> expected, List<String> corrected) {
        Species species = Species.of(defect, dialect, defect.findings().get(0));
        looks.merge(species, 1, Integer::sum);
        if (!found.containsAll(expected)) {
            misses.merge(species, 1, Integer::sum);
        }
        histories++;
        List<String> alarms = new ArrayList<>(found);
        alarms.removeAll(expected);
        falseAlarms += alarms.size() + corrected.size();
    }

    /** Notes how long the histories of a defect took on a dialect. */
    void took(PlantedDefect defect, String dialect, Duration time) {
        times.merge(place(defect.scenario(), dialect), time, Duration::plus);
    }

    int planted() {
        return looks.size();
    }

    int caught() {
        return looks.size() - misses.size();
    }

    int falseAlarms() {
        return falseAlarms;
    }

    /** How many were caught, and how long it took, by scenario and dialect and in all. */
    String summary() {
        StringBuilder summary = new StringBuilder();
        TreeSet<String> places = new TreeSet<>();
        looks.keySet().forEach(species -> places.add(place(species)));
        for (String place : places) {
            summary.append("zoo, %s: caught %d / planted %d, %d s%n"
                    .formatted(
                            place,
                            looks.keySet().stream()
                                    .filter(s -> place(s).equals(place) && !misses.containsKey(s))
                                    .count(),
                            looks.keySet().stream()
                                    .filter(s -> place(s).equals(place))
                                    .count(),
                            times.getOrDefault(place, Duration.ZERO).toSeconds()));
        }
        return summary.append(
                        "zoo: caught %d / planted %d, false alarms %d (%d histories, each with its corrected twin, %d s)"
                                .formatted(
                                        caught(),
                                        planted(),
                                        falseAlarms,
                                        histories,
                                        times.values().stream()
                                                .reduce(Duration.ZERO, Duration::plus)
                                                .toSeconds()))
                .toString();
    }

    private static String place(Species species) {
        return place(species.scenario(), species.dialect());
    }

    private static String place(String scenario, String dialect) {
        return scenario + " on " + dialect;
    }
}
