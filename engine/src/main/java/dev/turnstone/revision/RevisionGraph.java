package dev.turnstone.revision;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The revisions of a project and how they follow one another.
 *
 * <p>A graph in hand is valid: ids and labels are unique, every parent and dependency exists, and there is no cycle of
 * any kind. Immutable and thread-safe. The same revisions give the same answers in the same order on every machine:
 * wherever an order is free, ids decide.
 *
 * <p>What is applied to a database is told by its version rows: everything applied that no other applied revision
 * follows or depends on. Targets are resolved as Alembic resolves them; {@code
 * docs/decisions/0002-where-the-graph-differs-from-alembic.md} lists the differences.
 *
 * <p>A <em>label</em> names a branch. It covers the revision that declares it and all that follow; where these form a
 * single line, also what comes before, back to the last fork or merge.
 */
public final class RevisionGraph {

    private final GraphIndex index;
    private final Names names;

    private RevisionGraph(GraphIndex index) {
        this.index = index;
        this.names = new Names(index);
    }

    /**
     * Builds the graph of these revisions.
     *
     * @param revisions all revisions, in any order; may be empty
     * @throws DuplicateRevisionException when an id is used twice
     * @throws DuplicateLabelException when a label is used twice, or is an id
     * @throws UnknownParentException when a parent is missing
     * @throws UnknownDependencyException when a dependency is missing
     * @throws RevisionCycleException when revisions wait for one another, by parents, dependencies or both
     */
    public static RevisionGraph of(Collection<Revision> revisions) {
        return new RevisionGraph(GraphBuilder.build(List.copyOf(revisions)));
    }

    /** The whole history, parents and dependencies first, and by id where that leaves the order free. */
    public List<Revision> revisions() {
        return index.revisions();
    }

    /** The revision of this id, if there is one. */
    public Optional<Revision> find(RevisionId id) {
        int position = index.positionOf(id);
        return position < 0 ? Optional.empty() : Optional.of(index.at(position));
    }

    /**
     * The revision of this id.
     *
     * @throws UnknownRevisionException when there is none; names the nearest ids
     */
    public Revision get(RevisionId id) {
        return index.at(positionOf(id));
    }

    /** Whether there is a revision of this id. */
    public boolean contains(RevisionId id) {
        return index.positionOf(id) >= 0;
    }

    /** Revisions that no other names as a parent. */
    public Set<RevisionId> heads() {
        return index.ids(index.heads(Edges.PARENTS));
    }

    /** Revisions that no other names as a parent or dependency: the version rows when everything is applied. */
    public Set<RevisionId> realHeads() {
        return index.ids(index.heads(Edges.ALL));
    }

    /** Revisions without parents. */
    public Set<RevisionId> bases() {
        return index.ids(index.bases(Edges.PARENTS));
    }

    /** Revisions without parents and dependencies. */
    public Set<RevisionId> realBases() {
        return index.ids(index.bases(Edges.ALL));
    }

    /** Revisions that several name as a parent. */
    public Set<RevisionId> branchPoints() {
        return index.ids(index.where(at -> index.above(at, Edges.PARENTS).length > 1));
    }

    /** Revisions with several parents. */
    public Set<RevisionId> mergePoints() {
        return index.ids(index.where(at -> index.below(at, Edges.PARENTS).length > 1));
    }

    /**
     * The branch labels that cover a revision, sorted.
     *
     * @throws UnknownRevisionException when there is no such revision
     */
    public Set<String> labelsOf(RevisionId id) {
        return Labels.of(index, positionOf(id));
    }

    /**
     * The revisions that name this one as a parent, sorted by id.
     *
     * @throws UnknownRevisionException when there is no such revision
     */
    public Set<RevisionId> childrenOf(RevisionId id) {
        return index.ids(GraphIndex.bits(index.above(positionOf(id), Edges.PARENTS)));
    }

    /**
     * The revisions that this one depends on without following them, labels resolved, sorted by id.
     *
     * @throws UnknownRevisionException when there is no such revision
     */
    public Set<RevisionId> dependenciesOf(RevisionId id) {
        int position = positionOf(id);
        BitSet dependencies = GraphIndex.bits(index.below(position, Edges.ALL));
        Arrays.stream(index.below(position, Edges.PARENTS)).forEach(dependencies::clear);
        return index.ids(dependencies);
    }

    /**
     * These revisions and all that they follow or depend on, sorted by id.
     *
     * @throws UnknownRevisionException when one of them does not exist
     */
    public Set<RevisionId> ancestorsOf(Collection<RevisionId> ids) {
        return index.ids(index.ancestors(positionsOf(ids), Edges.ALL));
    }

    /**
     * These revisions and all that follow or depend on them, sorted by id.
     *
     * @throws UnknownRevisionException when one of them does not exist
     */
    public Set<RevisionId> descendantsOf(Collection<RevisionId> ids) {
        return index.ids(index.descendants(positionsOf(ids), Edges.ALL));
    }

    /**
     * The version rows that say that these are applied: those that no other one of them follows or depends on, however
     * far.
     *
     * @throws UnknownRevisionException when one of them does not exist
     */
    public Set<RevisionId> maximal(Set<RevisionId> applied) {
        return index.ids(index.tips(index.ancestors(positionsOf(applied), Edges.ALL), Edges.ALL));
    }

    /**
     * The applied revisions that no applied one has as its parent. Unlike the version rows these include the tips of
     * branches that another branch depends on; it is what {@code current} shows.
     *
     * @param current the version rows
     * @throws UnknownVersionException when a row is of no revision
     */
    public Set<RevisionId> currentTips(Set<RevisionId> current) {
        return index.ids(index.tips(new Paths(index, names, current, "find").applied(), Edges.PARENTS));
    }

    /**
     * The revisions that a target names: none for {@code base}, several for {@code heads}, for {@code current} and for
     * {@code -1}, which counts down from each head. Other numbers of steps mean something for a path only.
     *
     * @param target any form of {@link Target}
     * @param current the version rows; they matter for {@code current} only
     * @return sorted by id but for {@code -1}, where there is one for each head that has as many revisions below it
     * @throws UnknownRevisionException when the target names nothing, or several revisions begin so
     * @throws MultipleHeadsException when {@code head} is several
     * @throws AmbiguousWalkException when {@code -1} meets a merge
     */
    public List<Revision> resolve(String target, Set<RevisionId> current) {
        TargetResolution targets = new Paths(index, names, current, "find").targets();
        return targets.revisions(targets.all(Target.parse(target).text()));
    }

    /**
     * The one revision that a target names.
     *
     * @param target any form of {@link Target} without a number of steps
     * @param current the version rows; they matter for {@code current} only
     * @return empty for {@code base}, and for {@code head} where there are no revisions
     * @throws UnknownRevisionException when the target names nothing, or several revisions begin so
     * @throws MultipleHeadsException when it names several
     */
    public Optional<Revision> resolveOne(String target, Set<RevisionId> current) {
        TargetResolution targets = new Paths(index, names, current, "find").targets();
        int found = targets.one(Target.parse(target).text());
        return found < 0 ? Optional.empty() : Optional.of(index.at(found));
    }

    /**
     * The heads that a new revision is to follow.
     *
     * @param target any form that {@link #resolve} takes
     * @throws NotAHeadException when another revision already follows one of them
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
     * The steps that apply all that a target needs and that is not applied yet. A target that is applied already needs
     * none.
     *
     * @param current the version rows
     * @return in the order of {@link #revisions()}; rows are the maximal applied revisions after every step
     * @throws UnknownVersionException when a row is of no revision
     * @throws OverlappingRevisionsException when a row already includes another
     * @throws UnknownRevisionException when the target names nothing
     * @throws MultipleHeadsException when the target must be one revision and is several heads
     * @throws AmbiguousCurrentException when steps are counted from several rows
     * @throws AmbiguousWalkException when steps pass a fork or a merge
     * @throws RelativeRevisionException when there are not as many steps from what is applied
     * @throws WalkedTooFarException when there are not as many steps from a named revision
     */
    public List<Step> upgradePath(Set<RevisionId> current, Target target) {
        return new Paths(index, names, current, "upgrade to").up(target.text());
    }

    /**
     * The steps that take back all that follows or depends on what comes after a target. Where the way down to it
     * forks, all of its branches are taken back unless the target names one ({@code label@revision}).
     *
     * @param current the version rows; {@code -1} counts from the first by id
     * @return in the opposite order of {@link #revisions()}; rows are the maximal applied revisions after every step
     * @throws InvalidDestinationException when the target is not applied, or not on the branch that it names
     * @throws UnknownVersionException when a row is of no revision
     * @throws OverlappingRevisionsException when a row already includes another
     * @throws UnknownRevisionException when the target names nothing
     * @throws MultipleHeadsException when the target is several heads
     * @throws AmbiguousCurrentException when steps are counted from several rows of one branch
     * @throws AmbiguousWalkException when steps pass a fork or a merge
     * @throws RelativeRevisionException when there are not as many steps from what is applied
     * @throws WalkedTooFarException when there are not as many steps from a named revision
     */
    public List<Step> downgradePath(Set<RevisionId> current, Target target) {
        return new Paths(index, names, current, "downgrade to").down(target.text());
    }

    /**
     * The moves of the version rows to other revisions: up, down, sideways or to nothing. Rows that are neither before
     * nor after a target stay. Rows that overlap at the start do not after a move, and a row that is a target stays.
     *
     * @param current the version rows
     * @param targets where to go, one after another
     * @return none where the rows are right already; else the last one's {@code after} are the rows in the end
     * @throws UnknownVersionException when a row is of no revision
     * @throws UnknownRevisionException when a target names nothing
     * @throws MultipleHeadsException when {@code head} is several
     */
    public List<StampStep> stampPath(Set<RevisionId> current, Collection<Target> targets) {
        return new StampPaths(index, names, current, StampPaths.Flaws.REPAIRED).to(targets);
    }

    /**
     * The moves that Alembic makes for {@link #stampPath}, with its two flaws: with several targets at once it can take
     * out a row that is one of them already, and on an empty table {@code label@-1} can leave a row beside one that
     * includes it.
     *
     * @param current the version rows
     * @param targets where to go, one after another
     * @return none where Alembic changes nothing
     * @throws UnknownVersionException when a row is of no revision
     * @throws UnknownRevisionException when a target names nothing
     * @throws MultipleHeadsException when {@code head} is several
     */
    public List<StampStep> alembicStampPath(Set<RevisionId> current, Collection<Target> targets) {
        return new StampPaths(index, names, current, StampPaths.Flaws.AS_ALEMBIC).to(targets);
    }

    /**
     * The revisions from one target up to another, both included, newest first.
     *
     * @param lower the start; empty for {@code base}
     * @param upper the end; empty for {@code heads}; {@code +2} counts from the start
     * @param current the version rows, for the word {@code current}
     * @throws RangeNotAncestorException when the start does not come before the end
     * @throws UnknownRevisionException when one of them names nothing
     * @throws MultipleHeadsException when one of them must be one revision and is several heads
     */
    public List<Revision> history(String lower, String upper, Set<RevisionId> current) {
        TargetResolution targets = new Paths(index, names, current, "list").targets();
        String from = lower.isBlank() ? "base" : lower.strip();
        String to = upper.isBlank() ? "heads" : upper.strip();
        return new HistoryRange(index, targets, from, to).newestFirst();
    }

    /**
     * The revisions of a range, both ends included, newest first.
     *
     * @param range {@code [lower]:[upper]}; where ids have a colon of their own, the first one that leaves an id on
     *     both sides separates
     * @param current the version rows, for the word {@code current}
     * @throws InvalidTargetException when there is no colon
     */
    public List<Revision> history(String range, Set<RevisionId> current) {
        int colon = names.separatorOf(range);
        return history(range.substring(0, colon), range.substring(colon + 1), current);
    }

    /**
     * Applies one revision on these rows.
     *
     * @throws StepOutOfOrderException when it is applied already, or something that it needs is not
     * @throws UnknownVersionException when a row is of no revision
     * @throws UnknownRevisionException when there is no such revision
     */
    public Step upgradeStep(Set<RevisionId> rows, RevisionId id) {
        return applied(rows).apply(positionOf(id));
    }

    /**
     * Takes one revision back on these rows.
     *
     * @throws StepOutOfOrderException when it is not applied, or something applied needs it
     * @throws UnknownVersionException when a row is of no revision
     * @throws UnknownRevisionException when there is no such revision
     */
    public Step downgradeStep(Set<RevisionId> rows, RevisionId id) {
        return applied(rows).takeBack(positionOf(id));
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
