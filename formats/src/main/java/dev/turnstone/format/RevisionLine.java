package dev.turnstone.format;

import dev.turnstone.dialect.Dialects;
import dev.turnstone.operation.SqlText;
import dev.turnstone.revision.Revision;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.source.Checksum;
import dev.turnstone.source.Format;
import dev.turnstone.source.MigrationScript;
import dev.turnstone.source.TransactionMode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Orders the revisions of another tool's format in a line: each has the previous one as its parent.
 *
 * <p>If several revisions share a version, the first keeps it as its id, and the others get their full names as ids, so
 * that none is lost.
 */
final class RevisionLine {

    /** A longer number is a date. A gap between dates has no meaning. */
    private static final int MOST_DIGITS_OF_A_COUNTER = 6;

    private static final Pattern COUNTER = Pattern.compile("\\d{1," + MOST_DIGITS_OF_A_COUNTER + "}");

    /** A date of six digits, which is not longer than a counter can be. */
    private static final Pattern SHORT_DATE = Pattern.compile("\\d\\d(0[1-9]|1[0-2])(0[1-9]|[12]\\d|3[01])");

    /** Commands about the session of psql. Turnstone ignores them. */
    private static final Pattern IGNORED_COMMAND = Pattern.compile("(?m)^\\\\(connect|c|restrict|unrestrict)\\b");

    private RevisionLine() {}

    /** Creates a line in the given order. */
    static List<MigrationScript> of(Format format, List<FoundRevision> revisions) {
        boolean counted = isCounted(revisions);
        List<MigrationScript> scripts = new ArrayList<>();
        Map<String, FoundRevision> taken = new HashMap<>();
        FoundRevision before = null;
        for (FoundRevision revision : revisions) {
            List<String> notes = new ArrayList<>(revision.notes());
            FoundRevision first = taken.putIfAbsent(revision.version(), revision);
            String id = revision.version();
            if (first != null) {
                id = unused(revision.fullName(), taken, revision);
                notes.add(revision.origin() + ": Version " + revision.version() + " is also the version of "
                        + first.origin() + ". Both are kept, ordered by their full names; this one is called '" + id
                        + "'.");
            } else if (counted && before != null) {
                noteGap(before, revision, notes);
            }
            notes.addAll(ignoredCommands(revision));
            scripts.add(script(format, revision, id, scripts, notes));
            before = revision;
        }
        return List.copyOf(scripts);
    }

    private static String unused(String fullName, Map<String, FoundRevision> taken, FoundRevision revision) {
        String id = fullName.strip();
        for (int i = 2; taken.putIfAbsent(id, revision) != null; i++) {
            id = fullName.strip() + " (" + i + ")";
        }
        return id;
    }

    private static MigrationScript script(
            Format format, FoundRevision revision, String id, List<MigrationScript> before, List<String> notes) {
        List<RevisionId> parents = before.isEmpty()
                ? List.of()
                : List.of(before.get(before.size() - 1).id());
        Body down = revision.down();
        Declarations declared = Declarations.of(revision);
        return new MigrationScript(
                Revision.of(RevisionId.spelled(id), parents, revision.title(), revision.origin()),
                revision,
                declared.over(revision),
                revision.up().transaction(),
                down == null ? dialect -> TransactionMode.AS_WRITTEN : down.transaction(),
                declared.reason("rerun-exempt"),
                declared.reason("lossy"),
                declared.exemptions(),
                format,
                notes,
                checksum(revision));
    }

    private static String checksum(FoundRevision revision) {
        return Checksum.of(Dialects.names().stream().flatMap(revision::texts).map(SqlText::text));
    }

    /** Returns whether at least half of the steps lead to the next number. */
    private static boolean isCounted(List<FoundRevision> revisions) {
        int next = 0;
        for (int i = 1; i < revisions.size(); i++) {
            BigInteger before = counter(revisions.get(i - 1));
            BigInteger after = counter(revisions.get(i));
            if (before == null || after == null) {
                return false;
            }
            if (after.subtract(before).equals(BigInteger.ONE)) {
                next++;
            }
        }
        return next > 0 && next * 2 >= revisions.size() - 1;
    }

    private static @Nullable BigInteger counter(FoundRevision revision) {
        return COUNTER.matcher(revision.version()).matches()
                        && !SHORT_DATE.matcher(revision.version()).matches()
                ? new BigInteger(revision.version())
                : null;
    }

    private static void noteGap(FoundRevision before, FoundRevision revision, List<String> notes) {
        BigInteger one = counter(before);
        BigInteger other = counter(revision);
        if (one == null || other == null) {
            return;
        }
        int missing = other.subtract(one).intValue() - 1;
        if (missing > 0) {
            notes.add(revision.origin() + ": "
                    + (missing == 1 ? "One number is" : missing + " numbers are") + " missing between "
                    + before.version() + " and " + revision.version() + ".");
        }
    }

    private static List<String> ignoredCommands(FoundRevision revision) {
        Set<String> notes = new LinkedHashSet<>();
        List<SqlText> pieces = new ArrayList<>(revision.up().sql().on("postgresql"));
        if (revision.down() != null) {
            pieces.addAll(revision.down().sql().on("postgresql"));
        }
        for (SqlText piece : pieces) {
            Matcher matcher = IGNORED_COMMAND.matcher(piece.text());
            while (matcher.find()) {
                long line = piece.start().line()
                        + piece.text()
                                .substring(0, matcher.start())
                                .chars()
                                .filter(c -> c == '\n')
                                .count();
                notes.add(piece.start().origin() + ":" + line + ": \\" + matcher.group(1)
                        + " is a psql command about the psql session; it is ignored.");
            }
        }
        return List.copyOf(notes);
    }
}
