package dev.turnstone.revision;

/**
 * Thrown for {@code branch@revision} if the revision is neither an ancestor nor a descendant of the branch's revision.
 */
public final class NotOnBranchException extends UnknownRevisionException {

    private final RevisionId revision;
    private final String branch;

    NotOnBranchException(RevisionId revision, String branch) {
        super(
                revision.value(),
                "Revision '" + revision + "' is not on branch '" + branch
                        + "': it is neither an ancestor nor a descendant of that revision. Leave out '" + branch
                        + "@', or name a revision of that branch.");
        this.revision = revision;
        this.branch = branch;
    }

    /** Returns the requested revision. */
    public RevisionId revision() {
        return revision;
    }

    /**
     * Returns the label or id before the {@code @}.
     */
    public String branch() {
        return branch;
    }
}
