package dev.turnstone.revision;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Resolves targets in a graph, for a database with these version rows.
 *
 * <p>The cases, and which of them are errors, are those of Alembic; see the conformance tests.
 */
final class TargetResolution {

    /** The position below the first revision. */
    static final int BASE = -1;

    /** The result of steps past the first or the last revision. */
    static final int OFF = -2;

    /** The behaviour of {@link #walk} at the end of the history. */
    enum AtTheEnd {
        FAIL,
        STAY
    }

    private final GraphIndex index;
    private final NameIndex names;
    private final BitSet rows;
    private final String purpose;

    /**
     * @param rows the positions of the version rows
     * @param purpose the purpose of the target in error messages, such as {@code upgrade to}
     */
    TargetResolution(GraphIndex index, NameIndex names, BitSet rows, String purpose) {
        this.purpose = purpose;
        this.index = index;
        this.names = names;
        this.rows = rows;
    }

    TargetForm form(String text) {
        return TargetForm.of(text, names);
    }

    NameIndex names() {
        return names;
    }

    /** Returns the positions that a target names: none for {@code base}, several for {@code heads}. */
    int[] all(String text) {
        TargetForm form = form(text);
        if (form.steps() != null) {
            return belowHeads(form);
        }
        String branch = form.branch();
        return switch (form.symbol()) {
            case "heads" -> sorted(branch == null ? index.heads(Edges.ALL) : headsOf(branch));
            case "head" -> onlyHead(form);
            case "base" -> nothing(branch);
            case "current" -> sorted(branch == null ? rows : onBranch(rows, branch));
            default -> new int[] {names.locate(form.symbol(), branch)};
        };
    }

    private int[] nothing(@Nullable String branch) {
        if (branch != null) {
            names.locate(branch);
        }
        return new int[0];
    }

    /** Returns the only position that a target names, or {@link #BASE}. */
    int one(String text) {
        if (form(text).steps() != null) {
            throw UnknownRevisionException.relative(text);
        }
        int[] all = all(text);
        if (all.length > 1) {
            throw new MultipleHeadsException(purpose, text, revisions(all));
        }
        return all.length == 0 ? BASE : all[0];
    }

    /** Returns the positions that {@code -2} or {@code label@-2} names: that many steps below each head. */
    private int[] belowHeads(TargetForm form) {
        Integer steps = form.steps();
        if (steps == null || steps >= 0 || !form.symbol().isEmpty()) {
            throw UnknownRevisionException.relative(form.rest());
        }
        BitSet heads = index.heads(Edges.ALL);
        String branch = form.branch();
        if (branch != null) {
            names.locate(branch);
            heads.stream()
                    .filter(head -> !Labels.of(index, head).contains(branch))
                    .forEach(heads::clear);
        }
        int[] starts = sorted(heads);
        int[] found = new int[starts.length];
        for (int each = 0; each < starts.length; each++) {
            found[each] = walk(form, starts[each], steps, null, AtTheEnd.FAIL);
        }
        return found;
    }

    private int[] onlyHead(TargetForm form) {
        String branch = form.branch();
        int[] heads = sorted(branch == null ? index.heads(Edges.PARENTS) : headsOf(branch));
        if (heads.length > 1) {
            throw new MultipleHeadsException(purpose, form.text(), revisions(heads));
        }
        return heads;
    }

    private BitSet headsOf(String branch) {
        return onBranch(index.heads(Edges.PARENTS), branch);
    }

    /** Returns the ancestors and descendants of the branch's revision among these positions. */
    BitSet onBranch(BitSet positions, String branch) {
        BitSet kept = (BitSet) positions.clone();
        kept.and(lineage(branch));
        return kept;
    }

    private BitSet lineage(String branch) {
        return index.lineage(GraphIndex.only(names.locate(branch)), Edges.PARENTS);
    }

    /**
     * Takes the form's number of steps from the revision or word that it names.
     *
     * @return a position, {@link #BASE}, or {@link #OFF}
     */
    int walkFromSymbol(TargetForm form, AtTheEnd atTheEnd) {
        Integer steps = form.steps();
        if (steps == null) {
            throw new IllegalArgumentException("no steps in " + form);
        }
        if (steps >= 0) {
            return walk(form, one(form.symbol()), steps, form.branch(), atTheEnd);
        }
        String start = form.branch() == null ? form.symbol() : form.branch() + "@" + form.symbol();
        return walk(form, one(start), steps, null, atTheEnd);
    }

    /**
     * Takes a number of steps up to children or down to parents.
     *
     * @param start a position or {@link #BASE}
     * @param branch the branch to stay on when going up; null for any
     * @return a position, {@link #BASE}, or {@link #OFF}
     * @throws AmbiguousWalkException if several revisions could be next
     */
    int walk(TargetForm form, int start, int steps, @Nullable String branch, AtTheEnd atTheEnd) {
        BitSet lineage = branch == null ? null : lineage(branch);
        int at = start;
        for (int step = 0; step < Math.abs(steps); step++) {
            int[] next = steps > 0 ? upFrom(at, lineage) : downFrom(at);
            if (next.length == 0) {
                return atTheEnd == AtTheEnd.STAY ? at : OFF;
            }
            if (next.length > 1) {
                throw new AmbiguousWalkException(
                        form.text(), at == BASE ? "'base'" : "'" + index.idAt(at) + "'", revisions(next));
            }
            at = next[0];
        }
        return at;
    }

    private int[] upFrom(int at, @Nullable BitSet lineage) {
        BitSet children = at == BASE ? index.bases(Edges.PARENTS) : GraphIndex.bits(index.above(at, Edges.PARENTS));
        if (lineage != null) {
            children.and(lineage);
        }
        return sorted(children);
    }

    private int[] downFrom(int at) {
        if (at == BASE) {
            return new int[0];
        }
        int[] parents = index.below(at, Edges.PARENTS);
        return parents.length == 0 ? new int[] {BASE} : parents;
    }

    /** Returns positions in the order of their ids. */
    int[] sorted(BitSet positions) {
        return positions.stream()
                .boxed()
                .sorted(Comparator.comparing(index::idAt))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    List<Revision> revisions(int... positions) {
        List<Revision> revisions = new ArrayList<>(positions.length);
        for (int position : positions) {
            if (position >= 0) {
                revisions.add(index.at(position));
            }
        }
        return List.copyOf(revisions);
    }
}
