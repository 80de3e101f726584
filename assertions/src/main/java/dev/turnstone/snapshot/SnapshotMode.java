package dev.turnstone.snapshot;

import java.util.List;
import java.util.Map;

/** What happens where a snapshot file and a schema do not agree. */
public enum SnapshotMode {
    /** The file is compared; where there is none, it is written. */
    WRITE_MISSING,
    /** The file is compared; where there is none, that is a failure. Continuous integration works so. */
    COMPARE,
    /** The file is written. */
    UPDATE;

    /** The system property that says {@code update} or {@code compare}. */
    public static final String PROPERTY = "turnstone.snapshots";

    /** What the services of continuous integration set that do not set {@code CI}. */
    private static final List<String> OF_SERVICES =
            List.of("TF_BUILD", "JENKINS_URL", "TEAMCITY_VERSION", "CODEBUILD_BUILD_ID");

    /**
     * The mode in which this JVM runs: {@link #UPDATE} or {@link #COMPARE} where the property {@link #PROPERTY} says so,
     * else {@link #COMPARE} on continuous integration, else {@link #WRITE_MISSING}.
     *
     * <p>Continuous integration is where the environment has {@code CI}, other than {@code false}, {@code 0} or nothing:
     * most services set {@code true}, some {@code 1} or their name. Azure Pipelines, Jenkins, TeamCity and AWS CodeBuild do
     * not set it, and are known by {@code TF_BUILD}, {@code JENKINS_URL}, {@code TEAMCITY_VERSION} and {@code
     * CODEBUILD_BUILD_ID}.
     *
     * @throws InvalidSnapshotModeException when the property says something else
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
        // Who says CI=false means it, whatever the service.
        return !ci.isEmpty()
                ? !ci.equalsIgnoreCase("false") && !ci.equals("0")
                : OF_SERVICES.stream()
                        .anyMatch(name -> !environment.getOrDefault(name, "").isBlank());
    }
}
