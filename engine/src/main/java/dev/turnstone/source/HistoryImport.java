package dev.turnstone.source;

import dev.turnstone.revision.RevisionId;
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
 * Turns a history of another tool's format into revision files of our own; opens no database and writes nothing.
 *
 * <p>The same history gives the same files, whenever and wherever it is imported.
 */
public final class HistoryImport {

    /** Versions that are counted have no date; their files are named a minute apart, so that they sort as they follow. */
    private static final Instant COUNTED_FROM = Instant.parse("2000-01-01T00:00:00Z");

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    private HistoryImport() {}

    /**
     * The files that a history becomes.
     *
     * @param scripts a history of any format but our own
     * @return in the order of the revisions
     * @throws NotImportableException when it is of our own format, or holds what a file of ours cannot say
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

    /** What the files do not say although the history does, each a sentence for a person that begins with the place. */
    public static List<String> notes(Scripts scripts) {
        return scripts.inOrder().stream()
                .flatMap(script -> ImportedFile.questions(script).stream()
                        .map(question -> script.revision().origin() + ": Revision " + script.id()
                                + " is imported without its precondition: it no longer asks " + question
                                + ". A guard ('-- unless table T', '-- if column T.C') can stand in for it."))
                .toList();
    }

    /** A version with what an id of ours may not have replaced by {@code _}, and told apart from those before it. */
    private static RevisionId id(String version, Set<RevisionId> taken) {
        String allowed = version.replaceAll("[^\\p{L}\\p{N}._]+", "_");
        String word = allowed.matches("_*|heads?|base|current") ? "version_" + allowed : allowed;
        RevisionId id = RevisionId.of(word);
        for (int i = 2; !taken.add(id); i++) {
            id = RevisionId.of(word + "_" + i);
        }
        return id;
    }

    /** When the revisions were written; empty unless every version tells, and none is before the one that it follows. */
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
