package dev.turnstone.revision;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The revisions of a project and their order.
 *
 * <p>A graph is always valid: ids and labels are unique, every parent and dependency exists, and there is no cycle of
 * any kind. Immutable and thread-safe. The same revisions give the same results in the same order on every machine: if
 * several orders are possible, ids decide.
 *
 * <p>The version rows state which revisions are applied: they are the applied revisions that no other applied revision
 * has as a parent or dependency. Targets are resolved as in Alembic;
 * {@code docs/decisions/0002-where-the-graph-differs-from-alembic.md} lists the differences.
 *
 * <p>A <em>label</em> names a branch. It covers the revision that declares it and all its descendants. If these form a
 * single line, it also covers the ancestors back to the last fork or merge.
 */
public final class RevisionGraph {

    private final GraphIndex index;
    private final NameIndex names;

    private RevisionGraph(GraphIndex index) {
        this.index = index;
        this.names = new NameIndex(index);
    }

    /**
     * Builds the graph of these revisions.
     *
     * @param revisions all revisions in any order; may be empty
     * @throws DuplicateRevisionException if two revisions have the same id
     * @throws DuplicateLabelException if a label is used twice or is an id
     * @throws UnknownParentException if a parent does not exist
     * @throws UnknownDependencyException if a dependency does not exist
     * @throws RevisionCycleException if revisions need each other through parents, dependencies or both
     */
    public static RevisionGraph of(Collection<Revision> revisions) {
        return new RevisionGraph(GraphBuilder.build(List.copyOf(revisions)));
    }

    /** Returns the whole history, parents and dependencies first; if several orders are possible, sorted by id. */
    public List<Revision> revisions() {
        return index.revisions();
    }

    /** Returns the revision with this id, if it exists. */
    public Optional<Revision> find(RevisionId id) {
        int position = index.positionOf(id);
        return position < 0 ? Optional.empty() : Optional.of(index.at(position));
    }

    /**
     * Returns the revision with this id.
     *
     * @throws UnknownRevisionException if it does not exist; the message names the nearest ids
     */
    public Revision get(RevisionId id) {
        return index.at(positionOf(id));
    }

    /** Returns whether a revision has this id. */
    public boolean contains(RevisionId id) {
        return index.positionOf(id) >= 0;
    }

    /** Returns the revisions that no other revision has as a parent. */
    public Set<RevisionId> heads() {
        return index.ids(index.heads(Edges.PARENTS));
    }

    /**
     * Returns the revisions that no other revision has as a parent or dependency. These are the version rows if
     * everything is applied.
     */
    public Set<RevisionId> realHeads() {
        return index.ids(index.heads(Edges.ALL));
    }

    /** Returns the revisions without parents. */
    public Set<RevisionId> bases() {
        return index.ids(index.bases(Edges.PARENTS));
    }

    /** Returns the revisions without parents and dependencies. */
    public Set<RevisionId> realBases() {
        return index.ids(index.bases(Edges.ALL));
    }

    /** Returns the revisions with several children. */
    public Set<RevisionId> branchPoints() {
        return index.ids(index.where(at -> index.above(at, Edges.PARENTS).length > 1));
    }

    /** Returns the revisions with several parents. */
    public Set<RevisionId> mergePoints() {
        return index.ids(index.where(at -> index.below(at, Edges.PARENTS).length > 1));
    }

    /**
     * Returns the branch labels that cover a revision, sorted.
     *
     * @throws UnknownRevisionException if the revision does not exist
     */
    public Set<String> labelsOf(RevisionId id) {
        return Labels.of(index, positionOf(id));
    }

    /**
     * Returns the revisions that have this one as a parent, sorted by id.
     *
     * @throws UnknownRevisionException if the revision does not exist
     */
    public Set<RevisionId> childrenOf(RevisionId id) {
        return index.ids(GraphIndex.bits(index.above(positionOf(id), Edges.PARENTS)));
    }

    /**
     * Returns the dependencies of this revision that are not its parents, with resolved labels, sorted by id.
     *
     * @throws UnknownRevisionException if the revision does not exist
     */
    public Set<RevisionId> dependenciesOf(RevisionId id) {
        int position = positionOf(id);
        BitSet dependencies = GraphIndex.bits(index.below(position, Edges.ALL));
        Arrays.stream(index.below(position, Edges.PARENTS)).forEach(dependencies::clear);
        return index.ids(dependencies);
    }

    /**
     * Returns these revisions and all their direct and indirect parents and dependencies, sorted by id.
     *
     * @throws UnknownRevisionException if one of the revisions does not exist
     */
    public Set<RevisionId> ancestorsOf(Collection<RevisionId> ids) {
        return index.ids(index.ancestors(positionsOf(ids), Edges.ALL));
    }

    /**
     * Returns these revisions and all revisions that have them as direct or indirect parents or dependencies, sorted by
     * id.
     *
     * @throws UnknownRevisionException if one of the revisions does not exist
     */
    public Set<RevisionId> descendantsOf(Collection<RevisionId> ids) {
        return index.ids(index.descendants(positionsOf(ids), Edges.ALL));
    }

    /**
     * Returns the version rows for a set of applied revisions: the revisions that are not a direct or indirect parent
     * or dependency of another revision of the set.
     *
     * @throws UnknownRevisionException if one of the revisions does not exist
     */
    public Set<RevisionId> maximal(Set<RevisionId> applied) {
        return index.ids(index.tips(index.ancestors(positionsOf(applied), Edges.ALL), Edges.ALL));
    }

    /**
     * Returns the applied revisions that no applied revision has as its parent. Unlike the version rows, these include
     * the tips of branches that another branch depends on; {@code current} displays them.
     *
     * @param current the version rows
     * @throws UnknownVersionException if a row names no revision
     */
    public Set<RevisionId> currentTips(Set<RevisionId> current) {
        return index.ids(index.tips(new Paths(index, names, current, "find").applied(), Edges.PARENTS));
    }

    /**
     * Returns the revisions that a target names: none for {@code base}; possibly several for {@code heads},
     * {@code current} and {@code -1}, which counts down from each head. Other numbers of steps are only valid for a
     * path.
     *
     * @param target any form of {@link Target}
     * @param current the version rows; only used for {@code current}
     * @return sorted by id; for {@code -1}, one revision for each head that has enough revisions below it
     * @throws UnknownRevisionException if the target names no revision, or is a prefix of several
     * @throws MultipleHeadsException if the target is {@code head} and there are several
     * @throws AmbiguousWalkException if the steps of {@code -1} reach a merge
     */
    public List<Revision> resolve(String target, Set<RevisionId> current) {
        TargetResolution targets = new Paths(index, names, current, "find").targets();
        return targets.revisions(targets.all(Target.parse(target).text()));
    }

    /**
     * Returns the only revision that a target names.
     *
     * @param target any form of {@link Target} without a number of steps
     * @param current the version rows; only used for {@code current}
     * @return empty for {@code base}, and for {@code head} if there are no revisions
     * @throws UnknownRevisionException if the target names no revision, or is a prefix of several
     * @throws MultipleHeadsException if the target names several revisions
     */
    public Optional<Revision> resolveOne(String target, Set<RevisionId> current) {
        TargetResolution targets = new Paths(index, names, current, "find").targets();
        int found = targets.one(Target.parse(target).text());
        return found < 0 ? Optional.empty() : Optional.of(index.at(found));
    }

    /**
     * Returns the heads that become the parents of a new revision.
     *
     * @param target any form that {@link #resolve} accepts
     * @throws NotAHeadException if one of them already has a child
     */
    public List<Revision> resolveHeads(String target) {
        List<Revision> resolved = resolve(target, Set.of());
        for (Revision revision : resolved) {
            Set<RevisionId> children = childrenOf(revision.id());
            if (!children.isEmpty()) {
                throw new NotAHeadException(
                        revision, children.stream().map(this::get).toList());
            }
        }
        return resolved;
    }

    /**
     * Returns the steps that apply every revision that a target needs and that is not applied yet; empty if the target
     * is already applied.
     *
     * @param current the version rows
     * @return in the order of {@link #revisions()}; the rows after each step are the maximal applied revisions
     * @throws UnknownVersionException if a row names no revision
     * @throws OverlappingRevisionsException if a row is an ancestor of another
     * @throws UnknownRevisionException if the target names no revision
     * @throws MultipleHeadsException if the target must be one revision and there are several heads
     * @throws AmbiguousCurrentException if steps would start from several rows
     * @throws AmbiguousWalkException if the steps reach a fork or a merge
     * @throws RelativeRevisionException if there are fewer revisions above the applied ones than steps
     * @throws WalkedTooFarException if there are fewer revisions above or below a named revision than steps
     */
    public List<Step> upgradePath(Set<RevisionId> current, Target target) {
        return new Paths(index, names, current, "upgrade to").up(target.text());
    }

    /**
     * Returns the steps that revert all applied revisions above a target. If several branches start at the target, all
     * of them are reverted unless the target names one ({@code label@revision}).
     *
     * @param current the version rows; {@code -1} counts from the first by id
     * @return in the reverse order of {@link #revisions()}; the rows after each step are the maximal applied
     *     revisions
     * @throws InvalidDestinationException if the target is not applied, or not on the branch that it names
     * @throws UnknownVersionException if a row names no revision
     * @throws OverlappingRevisionsException if a row is an ancestor of another
     * @throws UnknownRevisionException if the target names no revision
     * @throws MultipleHeadsException if the target names several heads
     * @throws AmbiguousCurrentException if steps would start from several rows of one branch
     * @throws AmbiguousWalkException if the steps reach a fork or a merge
     * @throws RelativeRevisionException if there are fewer revisions below the applied ones than steps
     * @throws WalkedTooFarException if there are fewer revisions above or below a named revision than steps
     */
    public List<Step> downgradePath(Set<RevisionId> current, Target target) {
        return new Paths(index, names, current, "downgrade to").down(target.text());
    }

    /**
     * Returns the changes that set the version rows to other revisions: up, down, to another branch or to none. Rows
     * that are neither ancestors nor descendants of a target stay. A row that is a target stays, and no row overlaps
     * another after a change.
     *
     * @param current the version rows
     * @param targets the targets in order
     * @return empty if the rows are already correct; otherwise {@code after} of the last element contains the final
     *     rows
     * @throws UnknownVersionException if a row names no revision
     * @throws UnknownRevisionException if a target names no revision
     * @throws MultipleHeadsException if a target is {@code head} and there are several
     */
    public List<StampStep> stampPath(Set<RevisionId> current, Collection<Target> targets) {
        return new StampPaths(index, names, current, StampPaths.Flaws.REPAIRED).to(targets);
    }

    /**
     * Returns the changes that Alembic makes for {@link #stampPath}, including two defects: with several targets at
     * once it can delete a row that is one of them, and on an empty table {@code label@-1} can leave a row and an
     * ancestor of it.
     *
     * @param current the version rows
     * @param targets the targets in order
     * @return empty if Alembic changes nothing
     * @throws UnknownVersionException if a row names no revision
     * @throws UnknownRevisionException if a target names no revision
     * @throws MultipleHeadsException if a target is {@code head} and there are several
     */
    public List<StampStep> alembicStampPath(Set<RevisionId> current, Collection<Target> targets) {
        return new StampPaths(index, names, current, StampPaths.Flaws.AS_ALEMBIC).to(targets);
    }

    /**
     * Returns the revisions between two targets, both inclusive, newest first.
     *
     * @param lower the start; empty for {@code base}
     * @param upper the end; empty for {@code heads}; {@code +2} counts from the start
     * @param current the version rows, used for {@code current}
     * @throws RangeNotAncestorException if the start is not an ancestor of the end
     * @throws UnknownRevisionException if one of the targets names no revision
     * @throws MultipleHeadsException if one of the targets must be one revision and there are several heads
     */
    public List<Revision> history(String lower, String upper, Set<RevisionId> current) {
        TargetResolution targets = new Paths(index, names, current, "list").targets();
        String from = lower.isBlank() ? "base" : lower.strip();
        String to = upper.isBlank() ? "heads" : upper.strip();
        return new HistoryRange(index, targets, from, to).newestFirst();
    }

    /**
     * Returns the revisions of a range, both ends inclusive, newest first.
     *
     * @param range {@code [lower]:[upper]}; if ids contain colons, the first colon with an id on both sides is the
     *     separator
     * @param current the version rows, used for {@code current}
     * @throws InvalidTargetException if there is no colon
     */
    public List<Revision> history(String range, Set<RevisionId> current) {
        int colon = names.separatorOf(range);
        return history(range.substring(0, colon), range.substring(colon + 1), current);
    }

    /**
     * Returns the step that applies one revision.
     *
     * @param rows the version rows before the step
     * @throws StepOutOfOrderException if the revision is already applied, or a revision that it needs is not
     * @throws UnknownVersionException if a row names no revision
     * @throws UnknownRevisionException if the revision does not exist
     */
    public Step upgradeStep(Set<RevisionId> rows, RevisionId id) {
        return applied(rows).apply(positionOf(id));
    }

    /**
     * Returns the step that reverts one revision.
     *
     * @param rows the version rows before the step
     * @throws StepOutOfOrderException if the revision is not applied, or an applied revision needs it
     * @throws UnknownVersionException if a row names no revision
     * @throws UnknownRevisionException if the revision does not exist
     */
    public Step downgradeStep(Set<RevisionId> rows, RevisionId id) {
        return applied(rows).revert(positionOf(id));
    }

    private AppliedRevisions applied(Set<RevisionId> rows) {
        return new AppliedRevisions(index, GraphIndex.bits(names.locateRows(rows)));
    }

    private int positionOf(RevisionId id) {
        int position = index.positionOf(id);
        if (position < 0) {
            throw new UnknownRevisionException(id.value(), names.closestTo(id.value()));
        }
        return position;
    }

    private BitSet positionsOf(Collection<RevisionId> ids) {
        BitSet positions = new BitSet(index.size());
        ids.forEach(id -> positions.set(positionOf(id)));
        return positions;
    }
}
