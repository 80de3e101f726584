package dev.turnstone.scenario;

import java.util.Arrays;
import java.util.Optional;

/** A rule that a project gives itself for its revisions, named as the class of the findings that a breach makes. */
public enum Policy {
    /** No step takes away or narrows what an application of yesterday uses. */
    NOT_ADDITIVE(FindingClass.NOT_ADDITIVE),
    /** Each revision has a downgrade, or says why it has none. */
    DOWN_MISSING(FindingClass.DOWN_MISSING),
    /** What a step adds is named by convention, where its author has named it. */
    MISNAMED(FindingClass.MISNAMED),
    /** Each revision's file is named by a pattern. */
    FILE_MISNAMED(FindingClass.FILE_MISNAMED),
    /** The history has one head. */
    SEVERAL_HEADS(FindingClass.SEVERAL_HEADS),
    /** What was there at a git reference is still what it was. */
    EDITED(FindingClass.EDITED),
    /** No step makes a change that is listed as forbidden. */
    FORBIDDEN(FindingClass.FORBIDDEN);

    private final FindingClass findingClass;

    Policy(FindingClass findingClass) {
        this.findingClass = findingClass;
    }

    /** The class of its findings. */
    public FindingClass findingClass() {
        return findingClass;
    }

    /** The policy in settings and in headers of revisions, for example {@code not-additive}. */
    public String label() {
        return findingClass.label();
    }

    /** The policy of that name. */
    static Optional<Policy> named(String label) {
        return Arrays.stream(values()).filter(p -> p.label().equals(label)).findFirst();
    }
}
