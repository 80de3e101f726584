package dev.turnstone.revision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.turnstone.error.TurnstoneException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * The invariants of graphs, including graphs with redundant parents and dependencies.
 *
 * <p>{@code -Dturnstone.seed} repeats a run, {@code -Dturnstone.tries} sets the number of graphs for each property.
 */
@Tag("property")
@AddLifecycleHook(value = RandomGraphTests.FromSystemProperties.class, propagateTo = PropagationMode.ALL_DESCENDANTS)
class RandomGraphTests {

    private static int checked;

    @AfterContainer
    static void printsTheNumberOfChecks() {
        System.out.printf("property: %d random graphs checked%n", checked);
        assertThat(checked).as("graphs checked").isPositive();
    }

    @Property
    void orderDoesNotDependOnTheFiles(@ForAll("histories") History history) {
        checked++;
        List<Revision> shuffled = new ArrayList<>(history.revisions);
        Collections.shuffle(shuffled, new Random(history.seed));
        RevisionGraph graph = RevisionGraph.of(history.revisions);

        assertThat(RevisionGraph.of(shuffled).revisions()).isEqualTo(graph.revisions());
        Set<RevisionId> before = new HashSet<>();
        for (Revision revision : graph.revisions()) {
            assertThat(before).containsAll(revision.parents()).containsAll(graph.dependenciesOf(revision.id()));
            before.add(revision.id());
        }
        List<Revision> newestFirst = new ArrayList<>(graph.revisions());
        Collections.reverse(newestFirst);
        assertThat(graph.history("base", "heads", Set.of())).isEqualTo(newestFirst);
    }

    @Property
    void rowsAreTheMaximalAppliedRevisionsAfterEveryStep(@ForAll("histories") History history) {
        checked++;
        RevisionGraph graph = RevisionGraph.of(history.revisions);
        Random random = new Random(history.seed);
        Set<RevisionId> rows = Set.of();
        for (int move = 0; move < 12; move++) {
            Target target = Target.parse(history.target(random));
            try {
                rows = moved(graph, rows, target, random.nextInt(5));
            } catch (TurnstoneException refused) {
                assertThat(refused.getMessage()).as(refused.kind()).hasSizeGreaterThan(20);
            }
            assertThat(rows).isEqualTo(graph.maximal(rows));
        }
        List<Step> up = graph.upgradePath(rows, Target.HEADS);
        PathChecks.check(graph, rows, up);
        assertThat(end(rows, up)).isEqualTo(graph.realHeads());
        List<Step> down = graph.downgradePath(graph.realHeads(), Target.BASE);
        PathChecks.check(graph, graph.realHeads(), down);
        assertThat(end(graph.realHeads(), down)).isEmpty();
    }

    @Property
    void detectsAndReportsEveryCycle(@ForAll("histories") History history) {
        checked++;
        Random random = new Random(history.seed);
        List<Revision> revisions = new ArrayList<>(history.revisions);
        int younger = random.nextInt(revisions.size());
        int older = random.nextInt(younger + 1);
        RevisionGraph valid = RevisionGraph.of(revisions);
        RevisionId back = revisions.get(younger).id();
        boolean closes =
                valid.ancestorsOf(List.of(back)).contains(revisions.get(older).id());
        revisions.set(older, linked(revisions.get(older), back, random.nextBoolean()));
        if (!closes) {
            assertThat(RevisionGraph.of(revisions).revisions()).hasSameSizeAs(revisions);
            return;
        }
        RevisionCycleException cycle =
                catchThrowableOfType(RevisionCycleException.class, () -> RevisionGraph.of(revisions));
        assertThat(cycle).isNotNull();
        assertThat(cycle.path()).contains(back, revisions.get(older).id()).doesNotHaveDuplicates();
    }

    private static Revision linked(Revision from, RevisionId to, boolean asParent) {
        List<RevisionId> parents = new ArrayList<>(from.parents());
        List<String> dependsOn = new ArrayList<>(from.dependsOn());
        if (asParent) {
            parents.add(to);
        } else {
            dependsOn.add(to.value());
        }
        return new Revision(from.id(), parents, dependsOn, from.labels(), from.message(), null, from.origin());
    }

    private static Set<RevisionId> moved(RevisionGraph graph, Set<RevisionId> rows, Target target, int kind) {
        if (kind == 0) {
            List<StampStep> moves = graph.stampPath(rows, List.of(target));
            Set<RevisionId> after = rows;
            for (StampStep move : moves) {
                assertThat(move.before()).isEqualTo(after);
                assertThat(PathChecks.replay(after, move.rowChanges())).isEqualTo(move.after());
                after = move.after();
            }
            return after;
        }
        List<Step> steps = kind < 4 ? graph.upgradePath(rows, target) : graph.downgradePath(rows, target);
        PathChecks.check(graph, rows, steps);
        return end(rows, steps);
    }

    private static Set<RevisionId> end(Set<RevisionId> rows, List<Step> steps) {
        return steps.isEmpty() ? rows : steps.get(steps.size() - 1).after();
    }

    @Provide
    Arbitrary<History> histories() {
        return Arbitraries.integers()
                .between(1, 16)
                .flatMap(size -> Arbitraries.randomValue(random -> History.random(size, random.nextLong())));
    }

    /** Revisions in an order in which each needs only earlier ones. */
    record History(List<Revision> revisions, long seed) {

        static History random(int size, long seed) {
            Random random = new Random(seed);
            List<RevisionId> ids = new ArrayList<>();
            while (ids.size() < size) {
                RevisionId id = RevisionId.of(Integer.toHexString(0x10000 + random.nextInt(0xeffff)));
                if (!ids.contains(id)) {
                    ids.add(id);
                }
            }
            List<Revision> revisions = new ArrayList<>();
            for (int each = 0; each < size; each++) {
                Set<RevisionId> parents = some(ids.subList(0, each), random, random.nextInt(8) == 0 ? 0 : 1);
                Set<RevisionId> needed = some(ids.subList(0, each), random, random.nextInt(4) == 0 ? 1 : 0);
                Set<String> labels = random.nextInt(5) == 0 ? Set.of("label" + each) : Set.of();
                revisions.add(new Revision(
                        ids.get(each),
                        List.copyOf(parents),
                        needed.stream().map(RevisionId::value).toList(),
                        labels,
                        "",
                        null,
                        ids.get(each) + ".sql"));
            }
            return new History(List.copyOf(revisions), seed);
        }

        private static Set<RevisionId> some(List<RevisionId> earlier, Random random, int atLeast) {
            Set<RevisionId> some = new LinkedHashSet<>();
            int count = atLeast == 0 ? 0 : 1 + (random.nextInt(3) == 0 ? random.nextInt(3) : 0);
            for (int each = 0; each < count && !earlier.isEmpty(); each++) {
                // Mostly recent revisions, as in a real history; older ones give redundant edges.
                int back = random.nextInt(3) == 0 ? random.nextInt(earlier.size()) : random.nextInt(2);
                some.add(earlier.get(Math.max(0, earlier.size() - 1 - back)));
            }
            return some;
        }

        private String target(Random random) {
            String id = revisions.get(random.nextInt(revisions.size())).id().value();
            List<String> labels = new ArrayList<>(new TreeSet<>(
                    revisions.stream().flatMap(each -> each.labels().stream()).toList()));
            String branch = labels.isEmpty() ? id : labels.get(random.nextInt(labels.size()));
            int steps = 1 + random.nextInt(3);
            List<String> forms = List.of(
                    id,
                    id,
                    id,
                    id.substring(0, 4),
                    branch,
                    "head",
                    "heads",
                    "base",
                    "current",
                    "+" + steps,
                    "-" + steps,
                    id + "+" + steps,
                    id + "-" + steps,
                    branch + "@head",
                    branch + "@heads",
                    branch + "@base",
                    branch + "@+" + steps,
                    branch + "@-" + steps,
                    branch + "@" + id,
                    id + "@head",
                    branch + "@head-" + steps,
                    "nope");
            return forms.get(random.nextInt(forms.size()));
        }
    }

    /** Reads seed and tries from system properties. jqwik itself supports them only in annotations. */
    static final class FromSystemProperties implements AroundPropertyHook {

        @Override
        public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property) {
            context.attributes().setTries(Integer.getInteger("turnstone.tries", 1000));
            String seed = System.getProperty("turnstone.seed", "");
            if (!seed.isEmpty()) {
                context.attributes().setSeed(seed);
            }
            return property.execute();
        }
    }
}
