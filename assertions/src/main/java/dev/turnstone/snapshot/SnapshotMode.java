package dev.turnstone.snapshot;

import java.util.List;
import java.util.Map;

/** What happens if a snapshot file is missing or differs from the schema. */
public enum SnapshotMode {
    /** The file is compared; if it is missing, it is written. */
    WRITE_MISSING,
    /** The file is compared; if it is missing, this is a failure. Continuous integration uses this mode. */
    COMPARE,
    /** The file is written. */
    UPDATE;

    /** The system property, with the values {@code update} and {@code compare}. */
    public static final String PROPERTY = "turnstone.snapshots";

    /** Variables that services for continuous integration set if they do not set {@code CI}. */
    private static final List<String> OF_SERVICES =
            List.of("TF_BUILD", "JENKINS_URL", "TEAMCITY_VERSION", "CODEBUILD_BUILD_ID");

    /**
     * Returns the mode of this JVM: {@link #UPDATE} or {@link #COMPARE} if the property {@link #PROPERTY} sets it,
     * otherwise {@link #COMPARE} in continuous integration, otherwise {@link #WRITE_MISSING}.
     *
     * <p>Continuous integration is detected by the environment variable {@code CI} with a value other than
     * {@code false}, {@code 0} or empty: most services set {@code true}, some {@code 1} or their name. Azure Pipelines,
     * Jenkins, TeamCity and AWS CodeBuild do not set it and are detected by {@code TF_BUILD}, {@code JENKINS_URL},
     * {@code TEAMCITY_VERSION} and {@code CODEBUILD_BUILD_ID}.
     *
     * @throws InvalidSnapshotModeException if the property has another value
     */
    public static SnapshotMode current() {
        return of(System.getProperty(PROPERTY, ""), System.getenv());
    }

    static SnapshotMode of(String property, Map<String, String> environment) {
        return switch (property) {
            case "update" -> UPDATE;
            case "compare" -> COMPARE;
            case "" -> isContinuousIntegration(environment) ? COMPARE : WRITE_MISSING;
            default -> throw new InvalidSnapshotModeException(property);
        };
    }

    private static boolean isContinuousIntegration(Map<String, String> environment) {
        String ci = environment.getOrDefault("CI", "").strip();
        // CI=false is an explicit setting with precedence over the variables of a service.
        return !ci.isEmpty()
                ? !ci.equalsIgnoreCase("false") && !ci.equals("0")
                : OF_SERVICES.stream()
                        .anyMatch(name -> !environment.getOrDefault(name, "").isBlank());
    }
}
