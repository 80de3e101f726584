package dev.turnstone.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.Locale;
import org.sqlite.SQLiteJDBCLoader;

/** The facts about the machine that are needed to interpret its figures. */
final class MachineFacts {

    private MachineFacts() {}

    /** @param postgres the version of the server */
    static String line(String postgres) {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return String.format(
                Locale.ROOT,
                "%d cores, %s %s, JDK %s, PostgreSQL %s, sqlite-jdbc %s; load average at the end %.1f",
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                System.getProperty("java.version"),
                postgres.replaceFirst(" .*", ""),
                SQLiteJDBCLoader.getVersion(),
                load);
    }
}
