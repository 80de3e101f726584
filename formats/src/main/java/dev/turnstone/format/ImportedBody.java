package dev.turnstone.format;

import dev.turnstone.dialect.PsqlCommandException;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.dialect.StatementSplitter;
import dev.turnstone.dialect.UnterminatedStatementException;
import dev.turnstone.operation.Location;
import dev.turnstone.operation.SqlText;
import dev.turnstone.source.MarkerSyntax;
import dev.turnstone.source.TransactionMode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The body of another tool's file in one direction, as text for a section of a revision file.
 *
 * <p>A section without a dialect may be for one dialect only, so a dialect that cannot split the text is ignored.
 */
final class ImportedBody {

    private static final Pattern COMMENT = Pattern.compile("(?<![ \\t])([ \\t]*+)--[ \\t]*(.*)");

    /** PostgreSQL does not allow a transaction to use an enum value that it added itself. */
    private static final Pattern NEW_ENUM_VALUE = Pattern.compile(
            "(?is)ALTER\\s+TYPE\\s.*?\\sADD\\s+VALUE\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?('(?:[^']|'')*+').*");

    private final List<SqlText> pieces = new ArrayList<>();
    private final TransactionMode mode;
    private final List<StatementSplitter> splitters;

    /**
     * Creates the text of a body.
     *
     * @param pieces as the other tool sends them
     * @param splitters those of the dialects that the section is for
     */
    ImportedBody(List<SqlText> pieces, TransactionMode mode, List<StatementSplitter> splitters) {
        for (SqlText piece : pieces) {
            if (!piece.text().isBlank()) {
                this.pieces.add(new SqlText(piece.text().replace("\r\n", "\n"), piece.start()));
            }
        }
        this.mode = mode;
        this.splitters = List.copyOf(splitters);
    }

    boolean isEmpty() {
        return pieces.isEmpty();
    }

    /** Returns whether the other tool, or the server, would not run the body in one transaction. */
    boolean leavesTransaction() {
        return !isEmpty()
                && (mode == TransactionMode.NONE
                        || statements()
                                .anyMatch(statement -> !statement.traits().fitsTransaction())
                        || usesNewEnumValue());
    }

    /** Returns whether the body begins or ends a transaction itself. */
    boolean controlsTransaction() {
        return statements()
                .anyMatch(statement -> statement.traits() == SqlStatement.Traits.BEGINS
                        || statement.traits() == SqlStatement.Traits.ENDS);
    }

    private boolean usesNewEnumValue() {
        Set<String> added = new HashSet<>();
        for (SqlStatement statement : statements().toList()) {
            if (added.stream().anyMatch(statement.text()::contains)) {
                return true;
            }
            Matcher matcher = NEW_ENUM_VALUE.matcher(statement.text());
            if (matcher.matches()) {
                added.add(matcher.group(1));
            }
        }
        return false;
    }

    private Stream<SqlStatement> statements() {
        return splitters.stream()
                .flatMap(splitter -> pieces.stream().flatMap(piece -> split(splitter, piece).stream()));
    }

    private static List<SqlStatement> split(StatementSplitter splitter, SqlText piece) {
        try {
            return splitter.split(piece);
        } catch (UnterminatedStatementException | PsqlCommandException e) {
            return List.of();
        }
    }

    /**
     * Returns the lines of the section; each ends with {@code \n}. Comments that look like Turnstone markers are marked
     * as imported.
     *
     * @throws NotImportableException if such a line is not a comment
     */
    String text() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pieces.size(); i++) {
            String lines = withoutMarkers(pieces.get(i));
            text.append(lines);
            if (!lines.endsWith("\n")) {
                text.append('\n');
            }
            if (i + 1 < pieces.size() && isOpenEnded(pieces.get(i))) {
                text.append(";\n");
            }
        }
        return text.toString();
    }

    /** Returns whether a following statement would be parsed as part of a piece's last statement. */
    private boolean isOpenEnded(SqlText piece) {
        SqlText andMore = new SqlText(piece.text() + "\nSELECT 1", piece.start());
        return splitters.stream().anyMatch(splitter -> {
            List<SqlStatement> alone = split(splitter, piece);
            return !alone.isEmpty() && split(splitter, andMore).size() == alone.size();
        });
    }

    private String withoutMarkers(SqlText piece) {
        List<BitSet> readings = splitters.stream()
                .flatMap(splitter -> insideTokens(splitter, piece).stream())
                .toList();
        String[] lines = piece.text().split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            if (MarkerSyntax.isLikeMarker(lines[i])) {
                int line = i;
                long inside =
                        readings.stream().filter(reading -> reading.get(line)).count();
                boolean unclear = inside < readings.size() && MarkerSyntax.isMarkerInSection(lines[i]);
                if (inside == 0) {
                    lines[i] = COMMENT.matcher(lines[i]).replaceFirst("$1-- imported: $2");
                } else if (unclear || MarkerSyntax.section(lines[i]).isPresent()) {
                    throw NotImportableException.markerInQuote(
                            new Location(piece.start().origin(), piece.start().line() + i, 1), lines[i]);
                }
            }
        }
        return String.join("\n", lines);
    }

    private static Optional<BitSet> insideTokens(StatementSplitter splitter, SqlText piece) {
        try {
            return Optional.of(splitter.linesInsideTokens(piece));
        } catch (UnterminatedStatementException e) {
            return Optional.empty();
        }
    }
}
