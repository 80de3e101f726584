package dev.turnstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.revision.Direction;
import dev.turnstone.revision.Revision;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.revision.Step;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressBarTests {

    private final ByteArrayOutputStream drawn = new ByteArrayOutputStream();
    private final AtomicLong clock = new AtomicLong();
    private final ProgressBar bar = new ProgressBar(new PrintStream(drawn, true, StandardCharsets.UTF_8), clock::get);

    private static Step step(String id) {
        Revision revision = Revision.of(RevisionId.of(id), List.of(), "", id + ".sql");
        return new Step(revision, Direction.UPGRADE, Set.of(), Set.of(revision.id()), List.of());
    }

    @Test
    void aShortRunShowsNone() {
        bar.planned(List.of(step("a1"), step("b1")));
        bar.started(step("a1"));
        bar.finished(step("a1"));

        assertThat(drawn.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void aLongRunShowsHowFarItIsAndWipesThat() {
        bar.planned(List.of(step("a1"), step("b1")));
        bar.started(step("a1"));
        clock.set(1_000);
        bar.finished(step("a1"));
        bar.started(step("b1"));
        assertThat(drawn.toString(StandardCharsets.UTF_8))
                .isEqualTo("\r\u001b[K[###############               ] 1/2 b1");

        bar.finished(step("b1"));
        assertThat(drawn.toString(StandardCharsets.UTF_8)).endsWith("1/2 b1\r\u001b[K");
    }
}
