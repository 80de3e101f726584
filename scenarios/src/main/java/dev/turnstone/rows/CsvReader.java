package dev.turnstone.rows;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parses CSV by RFC 4180, and distinguishes an omitted value from an empty text in quotes. Use each object once, in one
 * thread.
 */
final class CsvReader {

    private final String text;
    private int at;
    private int line = 1;

    CsvReader(String text) {
        this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    CsvRows read() {
        List<@Nullable String> header = record();
        List<String> columns = new ArrayList<>();
        for (String name : header) {
            if (name == null || name.isBlank()) {
                throw new MalformedCsvException(1, "the first line has to name the columns, such as id,email");
            }
            columns.add(name.strip());
        }
        List<CsvRows.Line> lines = new ArrayList<>();
        while (at < text.length()) {
            int begin = line;
            List<@Nullable String> values = record();
            if (values.size() == 1 && values.get(0) == null && columns.size() > 1) {
                // An empty line.
                continue;
            }
            if (values.size() != columns.size()) {
                throw new MalformedCsvException(
                        begin,
                        "there are " + values.size() + " values for the " + columns.size() + " columns "
                                + String.join(", ", columns));
            }
            lines.add(new CsvRows.Line(begin, values));
        }
        return new CsvRows(columns, lines);
    }

    private List<@Nullable String> record() {
        List<@Nullable String> values = new ArrayList<>();
        do {
            values.add(at < text.length() && text.charAt(at) == '"' ? quoted() : plain());
        } while (passed(','));
        boolean carriageReturn = passed('\r');
        boolean lineFeed = passed('\n');
        if (!carriageReturn && !lineFeed && at < text.length()) {
            throw new MalformedCsvException(
                    line, "after the closing quote there is neither a comma nor the line's end");
        }
        line++;
        return values;
    }

    private @Nullable String plain() {
        int begin = at;
        while (at < text.length() && ",\r\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return begin == at ? null : text.substring(begin, at);
    }

    private String quoted() {
        int begin = line;
        StringBuilder value = new StringBuilder();
        at++;
        while (at < text.length()) {
            char next = text.charAt(at++);
            if (next != '"') {
                value.append(next);
                line += next == '\n' ? 1 : 0;
            } else if (!passed('"')) {
                return value.toString();
            } else {
                value.append('"');
            }
        }
        throw new MalformedCsvException(begin, "a quote that begins here is not closed");
    }

    private boolean passed(char wanted) {
        boolean there = at < text.length() && text.charAt(at) == wanted;
        at += there ? 1 : 0;
        return there;
    }
}
