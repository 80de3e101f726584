package dev.turnstone.format;

import dev.turnstone.operation.Location;
import dev.turnstone.operation.SqlText;
import dev.turnstone.source.MarkerSyntax;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects lines to statements as goose and sql-migrate do. A statement ends with a line whose last word before {@code
 * --} ends with a semicolon. Between the two markers of a block, it ends with the second marker.
 */
final class StatementLines {

    private final List<SqlText> statements = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private @Nullable Location start;
    private @Nullable Location firstSql;
    private @Nullable Location block;

    void add(String line, Location location) {
        boolean comment = line.strip().startsWith("--");
        boolean speaksForAll =
                statements.isEmpty() && MarkerSyntax.declaration(line).isPresent();
        if (start == null && !speaksForAll && (line.isBlank() || comment)) {
            return;
        }
        if (start == null) {
            start = location;
        }
        if (firstSql == null && !line.isBlank() && !comment) {
            firstSql = location;
        }
        text.append(line).append('\n');
        if (block == null && endsStatement(line)) {
            finish();
        }
    }

    private static boolean endsStatement(String line) {
        String last = "";
        for (String word : line.strip().split("\\s+", -1)) {
            if (word.startsWith("--")) {
                break;
            }
            last = word;
        }
        return last.endsWith(";");
    }

    private void finish() {
        if (start != null) {
            statements.add(new SqlText(text.toString(), start));
        }
        text.setLength(0);
        start = null;
        firstSql = null;
    }

    /** Begins a block that is one statement. */
    void beginBlock(Location location, String marker) {
        if (block != null) {
            throw new MalformedMigrationFileException(
                    location,
                    "'" + marker + "' is inside the block that began in line " + block.line()
                            + ". End that block first.");
        }
        checkFinished(marker);
        block = location;
    }

    /** Ends the block. */
    void endBlock(Location location, String marker) {
        if (block == null) {
            throw new MalformedMigrationFileException(
                    location, "'" + marker + "' ends a block that did not begin. Remove it, or begin the block.");
        }
        block = null;
        finish();
    }

    boolean isInBlock() {
        return block != null;
    }

    /**
     * Returns the statements at the end of the section.
     *
     * @param marker the marker that would have ended the last statement, for messages
     */
    List<SqlText> all(String marker) {
        Location open = block;
        if (open != null) {
            throw new MalformedMigrationFileException(
                    open, "The block that begins here does not end. Put '" + marker + "' after its statement.");
        }
        checkFinished(marker);
        if (statements.isEmpty()) {
            // A section without statements may contain a comment with the reason.
            finish();
        }
        return List.copyOf(statements);
    }

    private void checkFinished(String marker) {
        Location open = firstSql;
        if (open != null) {
            throw new MalformedMigrationFileException(
                    open,
                    "The statement that begins here does not end: no line ends with ';'. Add a ';', or"
                            + " enclose the statement as a block that ends with '" + marker + "'.");
        }
    }
}
