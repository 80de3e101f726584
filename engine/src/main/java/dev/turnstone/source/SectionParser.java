package dev.turnstone.source;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.Dialects;
import dev.turnstone.dialect.UnterminatedStatementException;
import dev.turnstone.operation.Location;
import dev.turnstone.operation.SqlText;
import dev.turnstone.source.MalformedRevisionFileException.MalformedGuardException;
import dev.turnstone.source.MalformedRevisionFileException.MalformedHeaderException;
import dev.turnstone.source.MalformedRevisionFileException.MalformedSectionException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Parses the lines of one section: its statements, its guards, and a refusal after them. */
final class SectionParser {

    /** The content of a section. */
    record Section(List<Block> blocks, @Nullable Refusal refusal) {}

    /** An open block; {@code closing} creates the block from its content. */
    private record OpenBlock(Function<List<Block>, Block> closing, Location location, List<Block> around) {}

    private final RevisionLines lines;
    private final int from;
    private final int to;
    private final List<BitSet> readings;

    private final Deque<OpenBlock> openBlocks = new ArrayDeque<>();
    private List<Block> blocks = new ArrayList<>();
    private int statementsFrom;

    /**
     * Creates a parser.
     *
     * @param from the section's first line
     * @param to the line after its last one
     * @param dialect the dialect that the section names, or {@link SqlMigration#ANY_DIALECT}
     */
    SectionParser(RevisionLines lines, int from, int to, String dialect) {
        this.lines = lines;
        this.from = from;
        this.to = to;
        this.statementsFrom = from;
        this.readings = from < to ? readings(lines.text(from, to), dialect) : List.of();
    }

    /**
     * Returns, for each dialect of the section, the lines that begin inside a quote or comment. A general section may
     * be for one dialect only, so a dialect in which a quote is not closed is ignored.
     */
    private static List<BitSet> readings(SqlText text, String dialect) {
        if (!dialect.equals(SqlMigration.ANY_DIALECT)) {
            return List.of(Dialects.named(dialect).splitter().linesInsideTokens(text));
        }
        List<BitSet> readings = new ArrayList<>();
        UnterminatedStatementException unterminated = null;
        for (Dialect each : Dialects.all()) {
            try {
                readings.add(each.splitter().linesInsideTokens(text));
            } catch (UnterminatedStatementException e) {
                unterminated = e;
            }
        }
        if (readings.isEmpty() && unterminated != null) {
            throw unterminated;
        }
        return readings;
    }

    Section parse() {
        for (int line = from; line < to; line++) {
            String text = lines.get(line);
            if (!MarkerSyntax.isComment(text)) {
                continue;
            }
            Optional<String> unless = MarkerSyntax.unless(text);
            Optional<String> onlyIf = MarkerSyntax.onlyIf(text);
            Optional<MarkerSyntax.Entry> refusal = MarkerSyntax.refusal(text);
            if (unless.isPresent() && isMarker(line)) {
                openGuard(Guard.parse(unless.get(), lines.location(line)), Block.Runs.UNLESS_EXISTS, line);
            } else if (onlyIf.isPresent() && isMarker(line)) {
                openGuard(Guard.parse(onlyIf.get(), lines.location(line)), Block.Runs.IF_EXISTS, line);
            } else if (MarkerSyntax.isAutocommit(text) && isMarker(line)) {
                open(Block.Autocommit::new, line);
            } else if (MarkerSyntax.isEnd(text) && isMarker(line)) {
                close(line);
            } else if (refusal.isPresent() && isMarker(line)) {
                return finish(line, Refusal.of(refusal.get(), lines.location(line)));
            } else {
                refuseNearMarker(line);
            }
        }
        return finish(to, null);
    }

    private boolean isMarker(int line) {
        long inside =
                readings.stream().filter(reading -> reading.get(line - from)).count();
        if (inside > 0 && inside < readings.size()) {
            throw MalformedSectionException.ambiguousQuotes(lines.location(line));
        }
        return inside == 0;
    }

    private void openGuard(Guard guard, Block.Runs runs, int line) {
        open(within -> new Block.Guarded(guard, runs, within), line);
    }

    private void open(Function<List<Block>, Block> closing, int line) {
        finishStatements(line);
        openBlocks.push(new OpenBlock(closing, lines.location(line), blocks));
        blocks = new ArrayList<>();
    }

    private void close(int line) {
        finishStatements(line);
        OpenBlock opened = openBlocks.poll();
        if (opened == null) {
            throw MalformedGuardException.endWithoutUnless(lines.location(line));
        }
        opened.around().add(opened.closing().apply(blocks));
        blocks = opened.around();
    }

    private Section finish(int line, @Nullable Refusal refusal) {
        OpenBlock opened = openBlocks.peek();
        if (opened != null) {
            throw MalformedGuardException.unlessWithoutEnd(opened.location());
        }
        finishStatements(line);
        if (refusal != null) {
            for (int after = line + 1; after < to; after++) {
                Optional<MarkerSyntax.Entry> second = MarkerSyntax.refusal(lines.get(after));
                if (second.isPresent()) {
                    throw MalformedSectionException.keepAndIrreversible(lines.location(after), refusal.location());
                }
                if (lines.hasSql(after)) {
                    throw MalformedSectionException.sqlAfterRefusal(lines.firstWord(after), refusal.key());
                }
            }
        }
        return new Section(List.copyOf(blocks), refusal);
    }

    private void finishStatements(int line) {
        for (int i = statementsFrom; i < line; i++) {
            if (lines.hasSql(i)) {
                blocks.add(new Block.Statements(lines.text(statementsFrom, line)));
                break;
            }
        }
        statementsFrom = line + 1;
    }

    private void refuseNearMarker(int line) {
        if (readings.stream().anyMatch(reading -> reading.get(line - from))) {
            return;
        }
        String text = lines.get(line);
        Location location = lines.firstWord(line);
        MarkerSyntax.indentedMarker(text).ifPresent(marker -> {
            throw MalformedSectionException.indented(location, marker);
        });
        MarkerSyntax.headerEntry(text).ifPresent(entry -> {
            throw MalformedHeaderException.afterHeader(location, entry.key() + ":");
        });
        if (MarkerSyntax.isNoTransaction(text)) {
            throw MalformedHeaderException.afterHeader(location, MarkerSyntax.NO_TRANSACTION);
        }
        if (MarkerSyntax.isNearlyAutocommit(text)) {
            throw MalformedSectionException.nearly(
                    location, MarkerSyntax.comment(text).orElse(text), MarkerSyntax.AUTOCOMMIT);
        }
        MarkerSyntax.nearSection(text).or(() -> MarkerSyntax.nearRefusal(text)).ifPresent(meant -> {
            throw MalformedSectionException.nearly(
                    location, MarkerSyntax.comment(text).orElse(text), meant);
        });
    }
}
