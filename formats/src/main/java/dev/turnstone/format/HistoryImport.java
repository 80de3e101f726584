package dev.turnstone.format;

import dev.turnstone.revision.RevisionId;
import dev.turnstone.source.FileNameTemplate;
import dev.turnstone.source.Format;
import dev.turnstone.source.MigrationScript;
import dev.turnstone.source.Scripts;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Converts a history of another tool's format to Turnstone revision files. It opens no database and writes no file.
 *
 * <p>The same history always results in the same files.
 */
public final class HistoryImport {

    /**
     * Sequential versions have no date. Their files are dated a minute apart, so that they sort in the order of the
     * history.
     */
    private static final Instant COUNTED_FROM = Instant.parse("2000-01-01T00:00:00Z");

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    private HistoryImport() {}

    /**
     * Returns the files for a history.
     *
     * @param scripts a history of any format except Turnstone's own
     * @return the files in the order of the revisions
     * @throws NotImportableException if the history is in Turnstone's own format, or contains something that a revision
     *     file cannot express
     */
    public static List<ImportedRevision> of(Scripts scripts) {
        if (scripts.format() == Format.TURNSTONE) {
            throw NotImportableException.ownFormat();
        }
        List<MigrationScript> history = scripts.inOrder();
        List<Instant> dates = dates(history);
        Set<RevisionId> taken = new HashSet<>();
        List<ImportedRevision> imported = new ArrayList<>();
        for (int i = 0; i < history.size(); i++) {
            MigrationScript script = history.get(i);
            RevisionId id = id(script.id().value(), taken);
            RevisionId parent = i == 0 ? null : imported.get(i - 1).id();
            boolean dated = !dates.isEmpty();
            imported.add(new ImportedRevision(
                    script.id().value(),
                    id,
                    FileNameTemplate.DEFAULT.fileName(
                            id,
                            dated ? dates.get(i) : COUNTED_FROM.plus(i, ChronoUnit.MINUTES),
                            script.revision().message()),
                    ImportedFile.text(script, id, parent, dated ? dates.get(i) : null)));
        }
        return List.copyOf(imported);
    }

    /**
     * Returns the parts of the history that the files do not contain, as sentences that begin with the file and line.
     */
    public static List<String> notes(Scripts scripts) {
        return scripts.inOrder().stream()
                .flatMap(script -> ImportedFile.questions(script).stream()
                        .map(question -> script.revision().origin() + ": Revision " + script.id()
                                + " is imported without its precondition: it no longer checks " + question
                                + ". A guard ('-- unless table T', '-- if column T.C') can replace it."))
                .toList();
    }

    /**
     * Returns an identifier for a version: characters that are not allowed are replaced by {@code _}, and duplicates
     * get a suffix.
     */
    private static RevisionId id(String version, Set<RevisionId> taken) {
        String allowed = version.replaceAll("[^\\p{L}\\p{N}._]+", "_");
        String word = allowed.matches("_*|heads?|base|current") ? "version_" + allowed : allowed;
        RevisionId id = RevisionId.of(word);
        for (int i = 2; !taken.add(id); i++) {
            id = RevisionId.of(word + "_" + i);
        }
        return id;
    }

    /**
     * Returns the creation dates of the revisions; empty unless every version contains a date, and no date is before
     * that of the parent.
     */
    private static List<Instant> dates(List<MigrationScript> history) {
        List<Instant> dates = new ArrayList<>();
        for (MigrationScript script : history) {
            Optional<Instant> date = date(script.id().value());
            boolean follows = date.filter(each -> dates.isEmpty() || !each.isBefore(dates.get(dates.size() - 1)))
                    .isPresent();
            if (!follows) {
                return List.of();
            }
            date.ifPresent(dates::add);
        }
        return List.copyOf(dates);
    }

    private static Optional<Instant> date(String version) {
        String digits = version.replaceAll("[-_.]", "");
        try {
            return switch (digits.length()) {
                case 8 -> moment(digits + "000000");
                case 12 -> moment(digits + "00");
                case 14 -> moment(digits);
                default -> Optional.empty();
            };
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> moment(String digits) {
        return Optional.of(LocalDateTime.parse(digits, MOMENT).toInstant(ZoneOffset.UTC));
    }
}
