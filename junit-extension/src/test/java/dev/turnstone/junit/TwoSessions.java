package dev.turnstone.junit;

import org.junit.jupiter.api.Test;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** The program of an IDE that has two launcher sessions in one JVM, and closes one while the other goes on. */
final class TwoSessions {

    private TwoSessions() {}

    @MigrationTest(dialects = "postgresql")
    static class AnyTestCase {
        @Test
        void plain(MigratedDatabase database) throws Exception {
            try (var connection = database.dataSource().getConnection();
                    var statement = connection.createStatement();
                    var row = statement.executeQuery("SHOW port")) {
                row.next();
                System.out.println("port " + row.getString(1));
            }
        }
    }

    public static void main(String[] arguments) {
        try (LauncherSession one = LauncherFactory.openSession()) {
            try (LauncherSession two = LauncherFactory.openSession()) {
                run(one);
                run(two);
            }
            run(one);
        }
        long servers = ProcessHandle.current()
                .descendants()
                .filter(ProcessHandle::isAlive)
                .count();
        System.out.println("left " + servers);
    }

    private static void run(LauncherSession session) {
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        session.getLauncher()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(DiscoverySelectors.selectClass(AnyTestCase.class))
                                .configurationParameter("turnstone.postgres.source", "embedded")
                                .configurationParameter("turnstone.directory", Launch.DIRECTORY.toString())
                                .build(),
                        summary);
        System.out.println("passed " + summary.getSummary().getTestsSucceededCount());
    }
}
