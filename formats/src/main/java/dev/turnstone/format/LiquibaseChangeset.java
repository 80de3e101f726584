package dev.turnstone.format;

import dev.turnstone.operation.Location;
import dev.turnstone.operation.SqlText;
import dev.turnstone.source.Downgrade;
import dev.turnstone.source.Preconditions;
import dev.turnstone.source.TransactionMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Collects one changeset while its file is parsed. */
final class LiquibaseChangeset {

    private final String author;
    private final String name;
    private final LiquibaseAttributes attributes;
    private final Location location;
    private final PlacedLines sql = new PlacedLines();
    private final PlacedLines rollback = new PlacedLines();
    private final LiquibasePreconditions preconditions = new LiquibasePreconditions();
    private final List<String> notes = new ArrayList<>();
    private @Nullable String lostRollback;

    LiquibaseChangeset(String author, String name, String attributes, Location location) {
        this.author = author;
        this.name = name;
        this.attributes = LiquibaseAttributes.parse(attributes);
        this.location = location;
    }

    String id() {
        return author + ":" + name;
    }

    boolean isIgnored() {
        return attributes.is("ignore", false);
    }

    void addSql(String line, Location where) {
        sql.add(line, where);
    }

    void addRollback(String line, Location where) {
        rollback.add(line, where);
    }

    void loseRollback(Location where, String line) {
        if (lostRollback == null) {
            lostRollback = "Line " + where.line() + " of " + where.origin() + " reads '" + line
                    + "', which Liquibase treats as a comment: the rollback is lost. Write '--rollback' and a space,"
                    + " without the colon.";
            notes.add(where + ": '" + line + "' is a comment for Liquibase; this rollback is lost. Remove the colon.");
        }
    }

    LiquibasePreconditions preconditions() {
        return preconditions;
    }

    FoundRevision revision(LiquibaseHistory history) {
        Body up = body(sql.text(), history);
        FoundRevision found =
                FoundRevision.of(id(), id() + " in " + location.origin(), "", location.origin(), up, down(history));
        for (String note : notes) {
            found = found.withNote(note);
        }
        Downgrade downgrade = downgrade();
        Optional<Preconditions> asked = preconditions.in(history);
        return found.with(dialect -> attributes.runsOn(dialect) ? downgrade : new Downgrade.Defined())
                .asking(dialect -> attributes.runsOn(dialect) ? asked : Optional.empty());
    }

    private Downgrade downgrade() {
        if (rollback.isEmpty()) {
            return new Downgrade.Missing(lostRollback);
        }
        return declaresNothing()
                ? new Downgrade.Keep("'--rollback " + rollbackWords() + "' declares that nothing is reverted.")
                : new Downgrade.Defined();
    }

    private String rollbackWords() {
        SqlText text = rollback.text();
        return text == null ? "" : text.text().strip();
    }

    private boolean declaresNothing() {
        String words = rollbackWords().toLowerCase(Locale.ROOT);
        return words.equals("empty") || words.equals("not required");
    }

    private @Nullable Body down(LiquibaseHistory history) {
        if (rollback.isEmpty()) {
            return null;
        }
        if (declaresNothing()) {
            return Body.nothing();
        }
        LiquibaseAttributes reference = LiquibaseAttributes.parse(rollbackWords());
        String referred = reference.get("changeSetId");
        if (referred == null || !rollbackWords().toLowerCase(Locale.ROOT).startsWith("changeset")) {
            return body(rollback.text(), history);
        }
        String by = reference.get("changeSetAuthor");
        LiquibaseChangeset other = history.find(by == null ? author : by, referred)
                .orElseThrow(() -> new MalformedMigrationFileException(
                        location,
                        "The rollback names the changeset '" + (by == null ? author : by) + ":" + referred
                                + "', which no file defines."));
        return body(other.sql.text(), history);
    }

    private Body body(@Nullable SqlText text, LiquibaseHistory history) {
        List<SqlText> pieces = text == null ? List.of() : pieces(history.replaceIn(text));
        TransactionMode mode =
                attributes.is("runInTransaction", true) ? TransactionMode.AS_WRITTEN : TransactionMode.NONE;
        return new Body(dialect -> attributes.runsOn(dialect) ? pieces : List.of(), dialect -> mode);
    }

    /** A custom delimiter counts at the end of a line only. */
    private List<SqlText> pieces(SqlText text) {
        String delimiter = attributes.get("endDelimiter");
        String word = delimiter == null
                ? ""
                : delimiter.replace("\\n", "").replace("\\r", "").strip();
        if (word.isEmpty() || word.equals(";")) {
            return List.of(text);
        }
        Pattern end = Pattern.compile("(?i)" + Pattern.quote(word) + "\\s*$");
        List<SqlText> pieces = new ArrayList<>();
        PlacedLines piece = new PlacedLines();
        int line = text.start().line();
        for (String each : text.text().split("\n", -1)) {
            Location where = new Location(text.start().origin(), line++, 1);
            boolean ends = end.matcher(each).find();
            piece.add(ends ? end.matcher(each).replaceFirst("") : each, where);
            SqlText whole = piece.text();
            if (ends && whole != null) {
                pieces.add(whole);
                piece = new PlacedLines();
            }
        }
        SqlText rest = piece.text();
        if (rest != null) {
            pieces.add(rest);
        }
        return List.copyOf(pieces);
    }

    /** Lines of a file that belong together. The lines between them are blank, so that line numbers stay correct. */
    private static final class PlacedLines {

        private final StringBuilder text = new StringBuilder();
        private @Nullable Location start;
        private int next;

        void add(String line, Location where) {
            if (start == null) {
                start = where;
                next = where.line();
            }
            text.append("\n".repeat(where.line() - next)).append(line);
            next = where.line();
        }

        boolean isEmpty() {
            return start == null;
        }

        @Nullable
        SqlText text() {
            return start == null ? null : new SqlText(text.toString(), start);
        }
    }
}
