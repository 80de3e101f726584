package dev.turnstone.revision;

/** Thrown for {@code branch@revision} where the revision is neither before nor after the branch's own. */
public final class NotOnBranchException extends UnknownRevisionException {

    private final RevisionId revision;
    private final String branch;

    NotOnBranchException(RevisionId revision, String branch) {
        super(
                revision.value(),
                "Revision '" + revision + "' is not on branch '" + branch
                        + "': it is neither before nor after the revision of that name. Leave out '" + branch
                        + "@', or name a revision of that branch.");
        this.revision = revision;
        this.branch = branch;
    }

    /** The revision that was asked for. */
    public RevisionId revision() {
        return revision;
    }

    /** The label or id before the {@code @}. */
    public String branch() {
        return branch;
    }
}
