package dev.turnstone.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.turnstone.revision.Target;
import dev.turnstone.source.Scripts;
import dev.turnstone.source.SqlFileSource;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading and planning ten thousand files costs twice as much as five thousand. */
class LargeHistoryFilesTests {

    private static final int FEW = 5_000;

    /** Measures allocated bytes instead of time. A quadratic step would need four times as much. */
    @Test
    void twiceTheFilesCostTwiceAsMuchMemory(@TempDir Path folder) throws IOException {
        Path few = Files.createDirectory(folder.resolve("few"));
        Path many = Files.createDirectory(folder.resolve("many"));
        write(few, FEW);
        write(many, 2 * FEW);
        planned(few); // Warm-up for objects that are created once.

        long ofFew = allocatedByPlanning(few, FEW);
        long ofMany = allocatedByPlanning(many, 2 * FEW);

        System.out.printf(
                Locale.ROOT,
                "History files read and planned: %d and %d, %.1f and %.1f MB allocated%n",
                FEW,
                2 * FEW,
                ofFew / 1e6,
                ofMany / 1e6);
        assertThat((double) ofMany / ofFew).isBetween(1.5, 2.5);
    }

    private static long allocatedByPlanning(Path folder, int revisions) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        int planned = planned(folder);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(planned).isEqualTo(revisions);
        return allocated;
    }

    private static int planned(Path folder) {
        Scripts scripts = Scripts.load(List.of(SqlFileSource.of(folder)));
        return scripts.graph().upgradePath(Set.of(), Target.HEAD).size();
    }

    private static void write(Path folder, int revisions) throws IOException {
        for (int each = 0; each < revisions; each++) {
            String parent = each == 0 ? "" : "-- parents: " + id(each - 1) + "\n";
            Files.writeString(folder.resolve("20260106_0800_%s_table.sql".formatted(id(each))), """
                    -- revision: %s
                    %s-- message: table %d
                    -- created: 2026-01-06T08:00:00Z

                    -- upgrade

                    CREATE TABLE t%d (id INTEGER PRIMARY KEY, name TEXT NOT NULL);

                    -- downgrade

                    DROP TABLE t%d;
                    """.formatted(
                            id(each), parent, each, each, each));
        }
    }

    private static String id(int each) {
        return "%08x%04x".formatted(each * 0x9E3779B1, each);
    }
}
