package dev.turnstone.dialect;

import dev.turnstone.operation.Location;
import dev.turnstone.operation.SqlText;

/**
 * Turns indexes into places in a file. Asking for rising indexes is fast: each character is looked at once.
 *
 * <p>Where the text has no lines of its own, such as a string in a class, every place is the start's.
 */
final class TextPositions {

    private final SqlText sql;
    private int index;
    private int line;
    private int column;

    TextPositions(SqlText sql) {
        this.sql = sql;
        rewind();
    }

    Location at(int wanted) {
        if (sql.start().line() == 0) {
            return sql.start();
        }
        if (wanted < index) {
            rewind();
        }
        for (; index < wanted; index++) {
            if (sql.text().charAt(index) == '\n') {
                line++;
                column = 1;
            } else {
                column++;
            }
        }
        return new Location(sql.start().origin(), line, column);
    }

    private void rewind() {
        index = 0;
        line = sql.start().line();
        column = sql.start().column();
    }
}
