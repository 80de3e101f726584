package dev.turnstone.snapshot;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines of a snapshot file, nested by their indentation. */
final class SnapshotLines {

    private static final Pattern FIRST = Pattern.compile(SnapshotWriter.FIRST_WORD + " (\\d{1,9})");
    private static final Pattern DIALECT = Pattern.compile("dialect ([\\w.-]+)");
    private static final Pattern CONFLICT = Pattern.compile("(<{7}|={7}|>{7}|\\|{7})( .*)?");
    private static final String CREATE_AGAIN = "Run the test with -Dturnstone.snapshots=update to write it again.";

    private final String file;
    private final String dialect;
    private final List<SnapshotLine> blocks = new ArrayList<>();

    private SnapshotLines(String file, List<String> lines) {
        this.file = file;
        rejectConflicts(lines);
        rejectOtherFormats(lines);
        Matcher second = DIALECT.matcher(lines.size() > 1 ? lines.get(1) : "");
        if (!second.matches()) {
            throw malformed(2, "it does not name the dialect.");
        }
        this.dialect = second.group(1);
        read(lines);
    }

    static SnapshotLines of(String file, String text) {
        List<String> lines = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            // Version control may have converted the line ends. A carriage return in a value is escaped.
            lines.add(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
        }
        return new SnapshotLines(file, lines);
    }

    String dialect() {
        return dialect;
    }

    List<SnapshotLine> blocks() {
        return blocks;
    }

    private void rejectConflicts(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            if (CONFLICT.matcher(lines.get(i)).matches()) {
                throw new UnreadableSnapshotException(
                        file,
                        i + 1,
                        "'" + lines.get(i) + "' is left from a merge conflict.",
                        "Merge the migrations, then run the test with -Dturnstone.snapshots=update: a snapshot is"
                                + " written again, not merged.");
            }
        }
    }

    private void rejectOtherFormats(List<String> lines) {
        Matcher first = FIRST.matcher(lines.get(0));
        if (!first.matches()) {
            throw new UnreadableSnapshotException(
                    file,
                    1,
                    "it must be '" + SnapshotWriter.FIRST_WORD + " " + SnapshotWriter.VERSION + "' but is '"
                            + lines.get(0) + "'.",
                    CREATE_AGAIN);
        }
        int version = Integer.parseInt(first.group(1));
        if (version > SnapshotWriter.VERSION) {
            throw new UnreadableSnapshotException(
                    file,
                    1,
                    "the format is " + version + ", and this version of Turnstone reads up to " + SnapshotWriter.VERSION
                            + ".",
                    "Use the version of Turnstone that wrote it, or a later one.");
        }
        if (version < 1) {
            throw malformed(1, "format " + version + " does not exist.");
        }
    }

    private void read(List<String> lines) {
        Deque<SnapshotLine> open = new ArrayDeque<>();
        int i = 2;
        while (i < lines.size()) {
            String line = lines.get(i);
            int number = i + 1;
            i++;
            if (line.isBlank()) {
                continue;
            }
            String content = line.stripLeading();
            int indent = line.length() - content.length();
            int depth = indent / 2;
            if (indent % 2 != 0 || depth > open.size() || !SnapshotLine.isLine(content)) {
                throw malformed(number, "'" + content + "' is not allowed here.");
            }
            while (open.size() > depth) {
                open.removeLast();
            }
            SnapshotLine read = SnapshotLine.of(number, content);
            if (SnapshotNotation.BLOCK.equals(read.value())) {
                List<String> text = new ArrayList<>();
                while (i < lines.size() && isTextLine(lines.get(i), depth + 1)) {
                    text.add(SnapshotNotation.readLine(lines.get(i).substring(2 * (depth + 1))));
                    i++;
                }
                read = read.withValue(String.join("\n", text));
            } else if (read.value() != null) {
                read = read.withValue(SnapshotNotation.readValue(read.value()));
            }
            (open.isEmpty() ? blocks : open.getLast().parts()).add(read);
            open.addLast(read);
        }
    }

    private static boolean isTextLine(String line, int depth) {
        String indent = "  ".repeat(depth);
        return line.startsWith(indent) && SnapshotNotation.isLine(line.substring(indent.length()));
    }

    /** Rejects parts that an object of this kind does not have. */
    void expectParts(SnapshotLine line, String... labels) {
        Set<String> known = Set.of(labels);
        for (SnapshotLine part : line.parts()) {
            if (!part.isAttribute() && !known.contains(part.label())) {
                throw malformed(part, "a " + line.label() + " has no '" + part.label() + "'.");
            }
        }
    }

    UnreadableSnapshotException malformed(SnapshotLine line, String what) {
        return malformed(line.number(), what);
    }

    private UnreadableSnapshotException malformed(int line, String what) {
        return new UnreadableSnapshotException(file, line, what, CREATE_AGAIN);
    }
}
