package dev.turnstone.scenario;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A rule that a project gives itself for its revisions. {@link #label()} is its name in settings. */
public enum Policy {
    /** No step drops or narrows what an application of yesterday uses. */
    ADDITIVE_ONLY(FindingClass.NOT_ADDITIVE, null),
    /** Each revision has a downgrade, or says why it has none. */
    DOWNGRADE_PRESENT(FindingClass.DOWN_MISSING, Severity.ERROR),
    /** What a step adds is named by convention, where its author has named it. */
    NAMING(FindingClass.MISNAMED, Severity.WARNING),
    /** The history has one head. */
    ONE_HEAD(FindingClass.SEVERAL_HEADS, Severity.ERROR);

    private final FindingClass findingClass;
    private final @Nullable Severity usual;

    Policy(FindingClass findingClass, @Nullable Severity usual) {
        this.findingClass = findingClass;
        this.usual = usual;
    }

    /** The class of its findings. */
    public FindingClass findingClass() {
        return findingClass;
    }

    /** How much a breach matters where no one says; empty where the policy is then off. */
    public Optional<Severity> usual() {
        return Optional.ofNullable(usual);
    }

    /** The policy in lower case with hyphens, for example {@code additive-only}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The configuration parameter of JUnit that sets it, for example {@code turnstone.policies.additive-only}. */
    public String setting() {
        return "turnstone.policies." + label();
    }

    /** The policy of that name. */
    static Optional<Policy> named(String label) {
        return Arrays.stream(values()).filter(p -> p.label().equals(label)).findFirst();
    }
}
