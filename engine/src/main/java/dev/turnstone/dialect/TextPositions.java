package dev.turnstone.dialect;

import dev.turnstone.operation.Location;
import dev.turnstone.operation.SqlText;

/**
 * Converts indexes into locations. It is fast for ascending indexes, because each character is then read once.
 *
 * <p>If the text has no lines, such as a string in a class, every location is the start of the text.
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
