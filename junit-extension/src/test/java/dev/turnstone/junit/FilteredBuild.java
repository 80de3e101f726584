package dev.turnstone.junit;

import org.junit.jupiter.api.TestTemplate;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** The program of a build that runs one test on both dialects, with whatever is on its class path. */
final class FilteredBuild {

    private FilteredBuild() {}

    @MigrationTest
    static class AnyTestCase {
        @TestTemplate
        void plain(MigratedDatabase database) {
            System.out.println("passed on " + database.dialect().name());
        }
    }

    public static void main(String[] arguments) {
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        try (LauncherSession session = LauncherFactory.openSession()) {
            session.getLauncher()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(DiscoverySelectors.selectClass(AnyTestCase.class))
                                    .build(),
                            summary);
        }
        summary.getSummary()
                .getFailures()
                .forEach(failure -> System.out.println(
                        "failed on " + failure.getTestIdentifier().getDisplayName() + ": "
                                + failure.getException().getMessage()));
    }
}
