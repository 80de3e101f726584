package dev.turnstone.scenario;

import static dev.turnstone.scenario.PlantedDefect.BOTH;

import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.revision.Direction;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** What a tool does wrong with a history that is right. The corrected twin is the same history and the tool as it is. */
class ToolDefects extends PlantedDefects {

    /** Each body can run twice, so that only what it leaves tells that it did. */
    private static final String READERS = """
            # 1 up
            CREATE TABLE IF NOT EXISTS readers (id integer PRIMARY KEY, email text);
            # 1 down
            DROP TABLE IF EXISTS readers;
            # 2 up
            CREATE INDEX IF NOT EXISTS ix_readers ON readers (email);
            # 2 down
            DROP INDEX IF EXISTS ix_readers;
            """;

    private static final FaultyTool.Fault NEVER_ENDS = (real, revisions) -> {
        new CountDownLatch(1).await();
        return List.of();
    };

    private static PlantedDefect planted(
            String name, String scenario, Duration timeout, FaultyTool.Fault upgrade, String finding) {
        return planted(name, scenario, timeout, "upgrade", upgrade, finding);
    }

    private static PlantedDefect planted(
            String name, String scenario, Duration timeout, String command, FaultyTool.Fault fault, String finding) {
        return PlantedDefect.of(name, BOTH, scenario, READERS, "", finding)
                .inOwnFormat()
                .under((plain, isPlanted, directory) -> isPlanted
                        ? FaultyTool.in(
                                PlantedDefect.Circumstances.with(plain.options().withTimeout(timeout), plain),
                                command,
                                fault)
                        : plain);
    }

    private static List<SqlStatement> lastBodyAgain(ToolSession real, Direction... directions) {
        List<SqlStatement> ran = List.of();
        for (Direction direction : directions) {
            ran = real.runBody(dev.turnstone.revision.RevisionId.of("000002"), direction);
        }
        return ran;
    }

    @Override
    List<PlantedDefect> defects() {
        Duration enough = ScenarioOptions.USUAL_TIMEOUT;
        return List.of(
                planted(
                        "head that runs again",
                        "idempotent-rerun",
                        enough,
                        (real, revisions) -> lastBodyAgain(real, Direction.UPGRADE),
                        "- head-not-noop revision head 000002 error"),
                planted(
                        "stamped database that is not left alone",
                        "stamp-then-noop",
                        enough,
                        (real, revisions) -> lastBodyAgain(real, Direction.UPGRADE),
                        "- not-a-noop revision 000002 error"),
                planted(
                        "start that applies what is applied",
                        "concurrent-start",
                        enough,
                        (real, revisions) -> {
                            real.upgrade("heads");
                            synchronized (ToolDefects.class) {
                                return lastBodyAgain(real, Direction.DOWNGRADE, Direction.UPGRADE);
                            }
                        },
                        "000002 applied-twice revision 000002 error"),
                planted(
                        "start that fails where another was first",
                        "concurrent-start",
                        enough,
                        (real, revisions) -> {
                            throw new IllegalStateException("Another was first.");
                        },
                        "- start-failed revision head 000002 error"),
                planted(
                        "stamp that hangs",
                        "stamp-then-noop",
                        Duration.ofMillis(1500),
                        "stamp",
                        NEVER_ENDS,
                        "- time-out revision 000002 error"),
                planted(
                        "upgrade of a stamped database that hangs",
                        "stamp-then-noop",
                        Duration.ofMillis(1500),
                        NEVER_ENDS,
                        "- time-out revision 000002 error"),
                planted(
                        "second upgrade that hangs",
                        "idempotent-rerun",
                        Duration.ofMillis(1500),
                        NEVER_ENDS,
                        "- time-out revision head 000002 error"),
                planted(
                        "starts that wait for each other",
                        "concurrent-start",
                        Duration.ofMillis(1500),
                        NEVER_ENDS,
                        "- deadlock revision head 000002 error"));
    }
}
