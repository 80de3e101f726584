package dev.turnstone.revision;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Parses graphs from text.
 *
 * <p>{@code a <- b1, b2 <- c}: a is the parent of b1 and b2, which c merges. {@code ;} separates lines, {@code
 * b1[left]} has the label left, {@code b2{x}} depends on x.
 */
final class GraphText {

    private static final Pattern ELEMENT = Pattern.compile("([^\\[{]+)(?:\\[([^]]*)])?(?:\\{([^}]*)})?");

    private GraphText() {}

    static RevisionGraph graph(String text) {
        return RevisionGraph.of(revisions(text));
    }

    static List<Revision> revisions(String text) {
        Map<String, Draft> drafts = new LinkedHashMap<>();
        for (String line : text.split(";", -1)) {
            List<Draft> before = List.of();
            for (String group : line.split("<-", -1)) {
                List<Draft> here = new ArrayList<>();
                for (String element : group.split(",", -1)) {
                    here.add(draft(element.strip(), drafts));
                }
                for (Draft each : here) {
                    before.forEach(parent -> each.parents.add(parent.id));
                }
                before = here;
            }
        }
        return drafts.values().stream().map(Draft::revision).toList();
    }

    private static Draft draft(String element, Map<String, Draft> drafts) {
        Matcher matcher = ELEMENT.matcher(element);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(element);
        }
        Draft draft = drafts.computeIfAbsent(matcher.group(1), Draft::new);
        draft.labels.addAll(words(matcher.group(2)));
        draft.dependsOn.addAll(words(matcher.group(3)));
        return draft;
    }

    private static List<String> words(String text) {
        return text == null || text.isBlank() ? List.of() : List.of(text.strip().split("\\s+", -1));
    }

    static Set<RevisionId> ids(String text) {
        return words(text).stream().map(RevisionId::spelled).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the ids of revisions, separated by spaces. */
    static String names(Iterable<Revision> revisions) {
        List<String> names = new ArrayList<>();
        revisions.forEach(revision -> names.add(revision.id().value()));
        return String.join(" ", names);
    }

    /** Returns each step as {@code +b: b c}: the revision and the rows after it. */
    static List<String> steps(List<Step> steps) {
        return steps.stream()
                .map(step -> (step.direction() == Direction.UPGRADE ? "+" : "-")
                        + step.revision().id()
                        + ": "
                        + step.after().stream().map(RevisionId::value).collect(Collectors.joining(" ")))
                .map(String::strip)
                .toList();
    }

    private static final class Draft {

        private final String id;
        private final Set<String> parents = new LinkedHashSet<>();
        private final Set<String> labels = new LinkedHashSet<>();
        private final Set<String> dependsOn = new LinkedHashSet<>();

        private Draft(String id) {
            this.id = id;
        }

        private Revision revision() {
            return new Revision(
                    RevisionId.spelled(id),
                    parents.stream().map(RevisionId::spelled).toList(),
                    List.copyOf(dependsOn),
                    labels,
                    "make " + id,
                    null,
                    id + ".sql");
        }
    }
}
