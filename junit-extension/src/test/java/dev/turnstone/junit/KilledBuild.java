package dev.turnstone.junit;

import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** The program of a build that runs a test class, and that can be told to stop in the middle and wait to be killed. */
final class KilledBuild {

    private static final String WAITS = "turnstone.tests.waits";

    private KilledBuild() {}

    /** Stops after a check in the middle of the history, when both dialects' databases are there. */
    static final class Waiting implements InvocationInterceptor {

        @Override
        public void interceptDynamicTest(
                Invocation<Void> invocation, DynamicTestInvocationContext test, ExtensionContext context)
                throws Throwable {
            invocation.proceed();
            if (Boolean.getBoolean(WAITS)
                    && context.getDisplayName().startsWith("postgresql 5e11a0000002")
                    && context.getUniqueId().contains("upDownUp")) {
                System.out.println("in the middle");
                Thread.sleep(120_000);
            }
        }
    }

    @MigrationTest
    @ExtendWith(Waiting.class)
    static class BuildTestCase implements MigrationScenarios {}

    /**
     * Runs the class.
     *
     * @param arguments the directory for the report
     */
    public static void main(String[] arguments) {
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        try (LauncherSession session = LauncherFactory.openSession()) {
            session.getLauncher()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(DiscoverySelectors.selectClass(BuildTestCase.class))
                                    .configurationParameter("turnstone.report.directory", arguments[0])
                                    .build(),
                            summary);
        }
        summary.getSummary().getFailures().forEach(failure -> {
            System.out.println("failed: " + failure.getTestIdentifier().getDisplayName());
            failure.getException().printStackTrace(System.out);
        });
        System.out.println("passed " + summary.getSummary().getTestsSucceededCount() + " of "
                + summary.getSummary().getTestsFoundCount());
    }
}
