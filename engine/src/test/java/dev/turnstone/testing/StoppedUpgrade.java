package dev.turnstone.testing;

import dev.turnstone.Migrator;
import dev.turnstone.operation.Migration;
import dev.turnstone.source.ClassSource;
import dev.turnstone.source.Scripts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * A process of its own that upgrades an SQLite database, stops before a statement, says so, and waits to be killed. Its
 * arguments: a JDBC URL, a folder of revisions or the names of their classes, the journal mode, and the number of the statement.
 */
public final class StoppedUpgrade {

    /** What it says on standard output when it has stopped. */
    public static final String STOPPED = "stopped";

    private StoppedUpgrade() {}

    public static void main(String[] arguments) {
        int stopAt = Integer.parseInt(arguments[3]);
        AtomicInteger seen = new AtomicInteger();
        StatementLog log = new StatementLog();
        log.before(sql -> {
            if (seen.getAndIncrement() == stopAt) {
                waitForTheEnd();
            }
        });
        DataSource watched = log.around(dataSource(arguments[0], arguments[2]));
        Migrator migrator = arguments[1].contains("$")
                ? Migrator.of(watched, Scripts.load(List.of(ClassSource.of(classes(arguments[1])))))
                : Migrator.of(watched, arguments[1]);
        migrator.upgrade("heads");
        System.exit(3);
    }

    @SuppressWarnings("unchecked") // An array of a generic type cannot be made otherwise.
    private static Class<? extends Migration>[] classes(String names) {
        return Stream.of(names.split(",", -1))
                .map(name -> {
                    try {
                        return Class.forName(name).asSubclass(Migration.class);
                    } catch (ClassNotFoundException e) {
                        throw new IllegalArgumentException(e);
                    }
                })
                .toArray(Class[]::new);
    }

    /** Gives connections whose cache has room for one page, so that what is not committed reaches the files. */
    public static DataSource dataSource(String url, String journalMode) {
        SQLiteDataSource sqlite = new SQLiteDataSource();
        sqlite.getConfig().setCacheSize(1);
        sqlite.getConfig().setJournalMode(SQLiteConfig.JournalMode.valueOf(journalMode));
        sqlite.getConfig().enforceForeignKeys(true);
        sqlite.setUrl(url);
        return sqlite;
    }

    @SuppressWarnings("SystemOut") // The other process reads it.
    private static void waitForTheEnd() {
        byte[] line = (STOPPED + System.lineSeparator()).getBytes(StandardCharsets.UTF_8);
        System.out.write(line, 0, line.length);
        System.out.flush();
        try {
            TimeUnit.MINUTES.sleep(2);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(4);
    }
}
