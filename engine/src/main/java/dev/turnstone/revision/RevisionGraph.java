package dev.turnstone.revision;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The revisions of a project and how they follow one another.
 *
 * <p>A graph in hand is valid: ids and labels are unique, every parent and dependency exists, and there is no cycle of
 * any kind. Immutable and thread-safe.
 */
@SuppressWarnings("DoNotCallSuggester") // the bodies follow
public final class RevisionGraph {

    private RevisionGraph() {}

    /** Builds the graph of these revisions, in any order. */
    public static RevisionGraph of(Collection<Revision> revisions) {
        throw new UnsupportedOperationException("" + revisions.size());
    }

    /** The whole history, parents and dependencies first, and by id where the order is free. */
    public List<Revision> revisions() {
        throw new UnsupportedOperationException();
    }

    public Optional<Revision> find(RevisionId id) {
        throw new UnsupportedOperationException();
    }

    public Revision get(RevisionId id) {
        throw new UnsupportedOperationException();
    }

    public boolean contains(RevisionId id) {
        throw new UnsupportedOperationException();
    }

    /** Revisions that no other names as a parent. */
    public Set<RevisionId> heads() {
        throw new UnsupportedOperationException();
    }

    /** Revisions that no other names as a parent or dependency: the version rows when everything is applied. */
    public Set<RevisionId> realHeads() {
        throw new UnsupportedOperationException();
    }

    public Set<RevisionId> bases() {
        throw new UnsupportedOperationException();
    }

    public Set<RevisionId> realBases() {
        throw new UnsupportedOperationException();
    }

    public Set<RevisionId> branchPoints() {
        throw new UnsupportedOperationException();
    }

    public Set<RevisionId> mergePoints() {
        throw new UnsupportedOperationException();
    }

    public Set<String> labelsOf(RevisionId id) {
        throw new UnsupportedOperationException();
    }

    /** The revisions that name this one as a parent, sorted by id. */
    public Set<RevisionId> childrenOf(RevisionId id) {
        throw new UnsupportedOperationException();
    }

    /** What {@code dependsOn} of this revision means, labels resolved. */
    public Set<RevisionId> dependenciesOf(RevisionId id) {
        throw new UnsupportedOperationException();
    }

    /** These and all that they follow or depend on. */
    public Set<RevisionId> ancestorsOf(Collection<RevisionId> ids) {
        throw new UnsupportedOperationException();
    }

    /** These and all that follow or depend on them. */
    public Set<RevisionId> descendantsOf(Collection<RevisionId> ids) {
        throw new UnsupportedOperationException();
    }

    /** The version rows for these applied revisions: those that are an ancestor of no other. */
    public Set<RevisionId> maximal(Set<RevisionId> applied) {
        throw new UnsupportedOperationException();
    }

    /** The applied revisions without an applied child, dependencies not counted: what {@code current} shows. */
    public Set<RevisionId> currentTips(Set<RevisionId> current) {
        throw new UnsupportedOperationException();
    }

    /** The revisions that a target names; none for {@code base}. */
    public List<Revision> resolve(String target, Set<RevisionId> current) {
        throw new UnsupportedOperationException();
    }

    /** The one revision that a target names; empty for {@code base}. */
    public Optional<Revision> resolveOne(String target, Set<RevisionId> current) {
        throw new UnsupportedOperationException();
    }

    /** The parents of a new revision: each must be a head (else {@code NotAHeadException}). */
    public List<Revision> resolveHeads(String target) {
        throw new UnsupportedOperationException();
    }

    public List<Step> upgradePath(Set<RevisionId> current, Target target) {
        throw new UnsupportedOperationException();
    }

    public List<Step> downgradePath(Set<RevisionId> current, Target target) {
        throw new UnsupportedOperationException();
    }

    /** The moves of {@code stamp}; the last one's {@code after} are the rows in the end. */
    public List<StampStep> stampPath(Set<RevisionId> current, Collection<Target> targets) {
        throw new UnsupportedOperationException();
    }

    /** {@code history -r lower:upper}, both ends included, newest first. Empty text means {@code base} / {@code heads}. */
    public List<Revision> history(String lower, String upper, Set<RevisionId> current) {
        throw new UnsupportedOperationException();
    }

    /** {@code history -r range}, where the range is {@code [lower]:[upper]}. */
    public List<Revision> history(String range, Set<RevisionId> current) {
        throw new UnsupportedOperationException();
    }

    /** Applies one revision on these rows. */
    public Step upgradeStep(Set<RevisionId> rows, RevisionId id) {
        throw new UnsupportedOperationException();
    }

    /** Takes one revision back on these rows. */
    public Step downgradeStep(Set<RevisionId> rows, RevisionId id) {
        throw new UnsupportedOperationException();
    }
}
