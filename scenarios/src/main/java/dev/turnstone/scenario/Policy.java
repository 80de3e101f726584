package dev.turnstone.scenario;

import java.util.Arrays;
import java.util.Optional;

/** A rule that a project sets for its revisions. Its name is the class of the findings that report a breach. */
public enum Policy {
    /** No step removes or narrows an object that the previous version of the application uses. */
    NOT_ADDITIVE(FindingClass.NOT_ADDITIVE),
    /** Each revision has a downgrade, or declares why it has none. */
    DOWN_MISSING(FindingClass.DOWN_MISSING),
    /** If the author names an object that a step adds, the name follows the naming convention. */
    MISNAMED(FindingClass.MISNAMED),
    /** The name of each revision's file matches a pattern. */
    FILE_MISNAMED(FindingClass.FILE_MISNAMED),
    /** The history has one head. */
    SEVERAL_HEADS(FindingClass.SEVERAL_HEADS),
    /** Revisions that existed at a git reference are unchanged. */
    EDITED(FindingClass.EDITED),
    /** No step makes a change that is listed as forbidden. */
    FORBIDDEN(FindingClass.FORBIDDEN);

    private final FindingClass findingClass;

    Policy(FindingClass findingClass) {
        this.findingClass = findingClass;
    }

    /** Returns the class of the policy's findings. */
    public FindingClass findingClass() {
        return findingClass;
    }

    /** Returns the name of the policy in settings and in headers of revisions, such as {@code not-additive}. */
    public String label() {
        return findingClass.label();
    }

    /** Returns the policy with a name; empty if none has it. */
    static Optional<Policy> named(String label) {
        return Arrays.stream(values()).filter(p -> p.label().equals(label)).findFirst();
    }
}
