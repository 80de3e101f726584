package dev.turnstone.revision;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.turnstone.error.TurnstoneException;
import dev.turnstone.revision.AlembicGoldens.Golden;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Compares every result with the result of Alembic. */
@Tag("conformance")
class AlembicConformanceTests {

    /** Maps the messages of Alembic to Turnstone's exceptions. */
    private static final Map<String, Class<? extends TurnstoneException>> CASES = cases();

    private static final Map<String, Integer> results = new TreeMap<>();
    private static final Map<AlembicFault, Integer> deviations = new EnumMap<>(AlembicFault.class);
    private static final Map<String, Integer> crashes = new TreeMap<>();
    private static int repairedStamps;
    private static int sameOrder;
    private static int otherOrder;

    private static Map<String, Class<? extends TurnstoneException>> cases() {
        Map<String, Class<? extends TurnstoneException>> cases = new LinkedHashMap<>();
        cases.put("Can't locate revision identified by '.*'", UnknownRevisionException.class);
        cases.put("Multiple head revisions are present for given argument '.*'; .*", MultipleHeadsException.class);
        cases.put("Multiple heads are present; .*", MultipleHeadsException.class);
        cases.put(
                "Requested revision .* overlaps with other requested revisions .*",
                OverlappingRevisionsException.class);
        cases.put(
                "Destination .* is not a valid (upgrade|downgrade) target from current head\\(s\\)",
                InvalidDestinationException.class);
        cases.put("Not a valid downgrade target from current heads", InvalidDestinationException.class);
        cases.put(
                "Requested range .* does not refer to ancestor/descendant revisions along the same branch",
                RangeNotAncestorException.class);
        cases.put("Relative revision .* didn't produce \\d+ migrations", RelativeRevisionException.class);
        cases.put("Ambiguous walk", AmbiguousWalkException.class);
        cases.put("Walked too far", WalkedTooFarException.class);
        cases.put("Ambiguous upgrade from multiple current revisions", AmbiguousCurrentException.class);
        cases.put("Revision .* is not a head revision; please specify --splice .*", NotAHeadException.class);
        cases.put("(Dependency )?([Cc]ycle|[Ss]elf-loop) is detected in revisions .*", RevisionCycleException.class);
        cases.put("Character\\(s\\) .* not allowed in revision identifier .*", InvalidRevisionIdException.class);
        return cases;
    }

    @TestFactory
    Stream<DynamicTest> answersAsAlembicDoes() throws IOException {
        return AlembicGoldens.read().stream()
                .map(golden -> DynamicTest.dynamicTest(golden.name(), () -> check(golden)));
    }

    @AfterAll
    static void printsTheNumberOfChecks() {
        System.out.printf(
                "conformance: results checked %s, including deliberate deviations %s; crashes of Alembic handled"
                        + " separately %s; %d paths in the listed order, %d in another valid one; %d stamps that"
                        + " stampPath() repairs%n",
                results, deviations, crashes, sameOrder, otherOrder, repairedStamps);
        assertThat(results).as("results checked").isNotEmpty();
    }

    private static void check(Golden golden) {
        List<String> mismatches = new ArrayList<>();
        for (JsonNode result : golden.results()) {
            try {
                check(golden, result);
            } catch (AssertionError | RuntimeException mismatch) {
                mismatches.add(result + "\n" + mismatch);
            }
        }
        assertThat(mismatches).as(golden.json().get("graph").toString()).isEmpty();
    }

    private static void check(Golden golden, JsonNode result) {
        if (result.path("crash").asBoolean()) {
            crashes.merge(golden.file(), 1, Integer::sum);
            try {
                answer(golden.graph(), result.get("op"));
            } catch (TurnstoneException typed) {
                assertThat(typed).hasMessageMatching("(?s).{20,}");
            }
            return;
        }
        results.merge(golden.file(), 1, Integer::sum);
        Optional<AlembicFault> fault = AlembicFault.of(golden, result);
        if (fault.isPresent()) {
            deviations.merge(fault.get(), 1, Integer::sum);
            fault.get().check(golden, result);
        } else if (result.has("error")) {
            assertThat(thrownBy(golden, result))
                    .as("%s", result.get("message"))
                    .isInstanceOf(caseOf(result.get("message").asText()));
        } else {
            checkAnswer(golden.graph(), result);
        }
    }

    private static Class<? extends TurnstoneException> caseOf(String message) {
        return CASES.entrySet().stream()
                .filter(each -> Pattern.matches(each.getKey(), message))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no case for: " + message));
    }

    static Throwable thrownBy(Golden golden, JsonNode result) {
        try {
            Object answer = answer(golden.graph(), result.get("op"));
            throw new AssertionError("no exception but " + answer);
        } catch (TurnstoneException expected) {
            return expected;
        }
    }

    static Object answer(RevisionGraph graph, JsonNode op) {
        Set<RevisionId> current = AlembicGoldens.ids(op.path("current"));
        String target = op.path("target").asText();
        return switch (op.get("cmd").asText()) {
            case "graph" -> graph;
            case "upgrade" -> graph.upgradePath(current, Target.parse(target));
            case "downgrade" -> graph.downgradePath(current, Target.parse(target));
            case "stamp" -> graph.alembicStampPath(current, List.of(Target.parse(target)));
            case "get" -> graph.resolve(target, current);
            case "get1" -> graph.resolveOne(target, current).stream().toList();
            case "current" -> graph.currentTips(current);
            case "history" -> graph.history(op.get("lower").asText(), target, current);
            default -> throw new AssertionError(op);
        };
    }

    private static void checkAnswer(RevisionGraph graph, JsonNode result) {
        JsonNode op = result.get("op");
        Set<RevisionId> current = AlembicGoldens.ids(op.path("current"));
        Target target = Target.parse(op.path("target").asText("-"));
        switch (op.get("cmd").asText()) {
            case "graph" -> checkShape(graph, result);
            case "upgrade" -> checkPath(graph, current, graph.upgradePath(current, target), result);
            case "downgrade" -> checkPath(graph, current, graph.downgradePath(current, target), result);
            case "stamp" -> {
                checkStamp(current, graph.alembicStampPath(current, List.of(target)), result);
                checkRepaired(graph, current, target, result);
            }
            case "history" ->
                checkHistory(graph, graph.history(op.get("lower").asText(), target.text(), current), result);
            case "current" -> assertThat(graph.currentTips(current)).isEqualTo(AlembicGoldens.ids(result.get("revs")));
            case "get" ->
                assertThat(graph.resolve(target.text(), current))
                        .extracting(revision -> revision.id().value())
                        .containsExactlyInAnyOrderElementsOf(AlembicGoldens.texts(result.get("revs")));
            case "get1" ->
                assertThat(graph.resolveOne(target.text(), current).stream())
                        .extracting(revision -> revision.id().value())
                        .containsExactlyElementsOf(AlembicGoldens.texts(result.get("revs")));
            default -> throw new AssertionError(op);
        }
    }

    private static void checkShape(RevisionGraph graph, JsonNode result) {
        assertThat(graph.heads()).isEqualTo(AlembicGoldens.ids(result.get("heads")));
        assertThat(graph.realHeads()).isEqualTo(AlembicGoldens.ids(result.get("real_heads")));
        assertThat(graph.bases()).isEqualTo(AlembicGoldens.ids(result.get("bases")));
        assertThat(graph.realBases()).isEqualTo(AlembicGoldens.ids(result.get("real_bases")));
        assertThat(graph.branchPoints()).isEqualTo(AlembicGoldens.ids(result.get("branchpoints")));
        assertThat(graph.mergePoints()).isEqualTo(AlembicGoldens.ids(result.get("mergepoints")));
        for (Map.Entry<String, JsonNode> labels : result.get("labels").properties()) {
            assertThat(graph.labelsOf(RevisionId.spelled(labels.getKey())))
                    .as("labels of %s", labels.getKey())
                    .isEqualTo(new TreeSet<>(AlembicGoldens.texts(labels.getValue())));
        }
    }

    private static void checkPath(RevisionGraph graph, Set<RevisionId> current, List<Step> steps, JsonNode result) {
        List<String> ours =
                steps.stream().map(step -> step.revision().id().value()).toList();
        List<String> listed = new ArrayList<>();
        result.get("steps").forEach(step -> listed.add(step.get("rev").asText()));
        assertThat(ours).containsExactlyInAnyOrderElementsOf(listed);
        if (ours.equals(listed)) {
            sameOrder++;
        } else {
            otherOrder++;
        }
        PathChecks.check(graph, current, steps);
        Set<RevisionId> end =
                steps.isEmpty() ? current : steps.get(steps.size() - 1).after();
        assertThat(end).isEqualTo(AlembicGoldens.ids(result.get("heads")));
        // Replays the listed order step by step, so that its rows are compared even if the path has another order.
        Set<RevisionId> rows = current;
        for (JsonNode listedStep : result.get("steps")) {
            RevisionId id = RevisionId.spelled(listedStep.get("rev").asText());
            Step step = listedStep.get("up").asBoolean() ? graph.upgradeStep(rows, id) : graph.downgradeStep(rows, id);
            assertThat(step.after()).as("rows after %s", id).isEqualTo(AlembicGoldens.ids(listedStep.get("heads")));
            assertThat(variants(listedStep)).contains(changes(step.rowChanges()));
            rows = step.after();
        }
    }

    private static void checkStamp(Set<RevisionId> current, List<StampStep> moves, JsonNode result) {
        Set<RevisionId> rows = current;
        for (StampStep move : moves) {
            assertThat(move.before()).isEqualTo(rows);
            assertThat(PathChecks.replay(rows, move.rowChanges())).isEqualTo(move.after());
            rows = move.after();
        }
        assertThat(rows).isEqualTo(AlembicGoldens.ids(result.get("heads")));
        assertThat(moves).hasSameSizeAs(result.get("steps"));
        for (int each = 0; each < moves.size(); each++) {
            JsonNode listed = result.get("steps").get(each);
            List<List<String>> changes = changes(moves.get(each).rowChanges());
            Set<RevisionId> listedBefore = each == 0
                    ? current
                    : AlembicGoldens.ids(result.get("steps").get(each - 1).get("heads"));
            if (moves.get(each).before().equals(listedBefore)
                    && moves.get(each).after().equals(AlembicGoldens.ids(listed.get("heads")))) {
                assertThat(variants(listed)).contains(changes);
            } else {
                // Several targets in another order give the same kinds of changes. The final rows were compared above.
                assertThat(variants(listed).stream().map(AlembicConformanceTests::kinds))
                        .contains(kinds(changes));
            }
        }
    }

    /** The path equals Alembic's, unless Alembic's loses the target or leaves overlapping rows. */
    private static void checkRepaired(RevisionGraph graph, Set<RevisionId> current, Target target, JsonNode result) {
        Set<RevisionId> alembics = AlembicGoldens.ids(result.get("heads"));
        List<StampStep> moves = graph.stampPath(current, List.of(target));
        Set<RevisionId> ours =
                moves.isEmpty() ? current : moves.get(moves.size() - 1).after();
        assertThat(ours).isEqualTo(graph.maximal(ours));
        boolean loses =
                target.equals(Target.HEADS) && !graph.ancestorsOf(alembics).containsAll(graph.realHeads());
        if (loses) {
            assertThat(ours).isEqualTo(graph.realHeads());
        } else {
            assertThat(ours).isEqualTo(graph.maximal(alembics));
        }
        if (!ours.equals(alembics)) {
            repairedStamps++;
        }
    }

    private static List<String> kinds(List<List<String>> changes) {
        return changes.stream().map(change -> change.get(0)).toList();
    }

    private static void checkHistory(RevisionGraph graph, List<Revision> newestFirst, JsonNode result) {
        assertThat(newestFirst)
                .extracting(revision -> revision.id().value())
                .containsExactlyInAnyOrderElementsOf(AlembicGoldens.texts(result.get("revs")));
        Set<RevisionId> shown = new HashSet<>();
        for (Revision revision : newestFirst) {
            Set<RevisionId> older = new HashSet<>(graph.ancestorsOf(List.of(revision.id())));
            older.retainAll(shown);
            assertThat(older).as("shown before %s", revision.id()).isEmpty();
            shown.add(revision.id());
        }
    }

    private static List<List<List<String>>> variants(JsonNode step) {
        List<List<List<String>>> variants = new ArrayList<>();
        for (JsonNode variant : step.get("versionRows")) {
            List<List<String>> changes = new ArrayList<>();
            variant.forEach(change -> changes.add(AlembicGoldens.texts(change)));
            variants.add(changes);
        }
        return variants;
    }

    private static List<List<String>> changes(List<RowChange> changes) {
        return changes.stream().map(AlembicConformanceTests::change).toList();
    }

    private static List<String> change(RowChange change) {
        if (change instanceof RowChange.Insert insert) {
            return List.of("insert", insert.id().value());
        }
        if (change instanceof RowChange.Delete delete) {
            return List.of("delete", delete.id().value());
        }
        RowChange.Update update = (RowChange.Update) Objects.requireNonNull(change);
        return List.of("update", update.from().value(), update.to().value());
    }
}
