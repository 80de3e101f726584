package dev.turnstone.scenario;

import java.util.List;
import java.util.stream.Stream;

/**
 * An object that a downgrade forgets to drop, does not make again, or makes again otherwise than it was.
 *
 * @param kind the label of its kind
 * @param name as findings name it
 * @param setUp what it needs besides the table readers
 * @param tearDown takes that back
 * @param create makes it
 * @param other makes it otherwise; empty where it has nothing that could be otherwise
 * @param drop takes it away
 * @param again whether it can be made, and be dropped, twice in a row
 */
record ObjectOnTrial(
        String kind,
        String name,
        String setUp,
        String tearDown,
        String create,
        String other,
        String drop,
        boolean again) {

    private static final String READERS =
            "CREATE TABLE readers (id integer PRIMARY KEY, email varchar(120) NOT NULL, joined date);";
    private static final String ELSE_UP = "CREATE TABLE loans (id integer);";
    private static final String ELSE_DOWN = "DROP TABLE loans;";

    static ObjectOnTrial of(String kind, String name, String create, String other, String drop) {
        return new ObjectOnTrial(kind, name, "", "", create, other, drop, false);
    }

    ObjectOnTrial after(String up, String down) {
        return new ObjectOnTrial(kind, name, up, down, create, other, drop, again);
    }

    ObjectOnTrial timeAndAgain() {
        return new ObjectOnTrial(kind, name, setUp, tearDown, create, other, drop, true);
    }

    /** All that can befall it. */
    Stream<PlantedDefect> planted(List<String> dialects) {
        Stream<PlantedDefect> gone = Stream.of(
                planted(
                        kind + " forgotten",
                        dialects,
                        history(READERS + setUp, tearDown, create + ELSE_UP, ELSE_DOWN),
                        "# 2 down\n" + ELSE_DOWN + drop,
                        findings("leftover")),
                planted(
                        kind + " not made again",
                        dialects,
                        history(READERS + setUp + create, drop + tearDown, drop + ELSE_UP, ELSE_DOWN),
                        "# 2 down\n" + ELSE_DOWN + create,
                        findings("missing")));
        return other.isEmpty()
                ? gone
                : Stream.concat(
                        gone,
                        Stream.of(planted(
                                kind + " restored otherwise",
                                dialects,
                                history(READERS + setUp + create, drop + tearDown, drop, other),
                                "# 2 down\n" + create,
                                "000002 changed " + kind + " " + name + " error")));
    }

    private String[] findings(String findingClass) {
        return Stream.of(
                        "000002 " + findingClass + " " + kind + " " + name + " error",
                        again ? "" : "000002 up-again-fails revision 000002 error")
                .filter(f -> !f.isEmpty())
                .toArray(String[]::new);
    }

    private static String history(String firstUp, String firstDown, String secondUp, String secondDown) {
        return "# 1 up\n%s\n# 1 down\n%sDROP TABLE readers;\n# 2 up\n%s\n# 2 down\n%s\n"
                .formatted(firstUp, firstDown, secondUp, secondDown);
    }

    /** In our own format only: the other collections show that the format makes no difference. */
    private static PlantedDefect planted(
            String name, List<String> dialects, String history, String correction, String... findings) {
        return PlantedDefect.of(name, dialects, "up-down-up", history, correction, findings)
                .inOwnFormat();
    }
}
