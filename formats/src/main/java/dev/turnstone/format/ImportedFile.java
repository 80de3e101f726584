package dev.turnstone.format;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.Dialects;
import dev.turnstone.dialect.StatementSplitter;
import dev.turnstone.operation.SqlText;
import dev.turnstone.revision.Direction;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.source.ConditionalMigration;
import dev.turnstone.source.Downgrade;
import dev.turnstone.source.MarkerSyntax;
import dev.turnstone.source.MigrationScript;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Renders one revision of another tool's format as a revision file. */
final class ImportedFile {

    /** A section to write. */
    private record Section(String marker, ImportedBody body) {}

    private final MigrationScript script;
    private final FoundRevision found;
    private final List<Section> sections = new ArrayList<>();
    private @Nullable Downgrade refusal;

    private ImportedFile(MigrationScript script) {
        this.script = script;
        if (!(script.migration() instanceof FoundRevision revision)) {
            throw NotImportableException.ownFormat();
        }
        this.found = revision;
    }

    /**
     * Returns the content of the file.
     *
     * @param created when the revision was created, or null if unknown
     */
    static String text(MigrationScript script, RevisionId id, @Nullable RevisionId parent, @Nullable Instant created) {
        ImportedFile file = new ImportedFile(script);
        file.addSections();
        return file.header(id, parent, created) + file.body();
    }

    private void addSections() {
        if (isSameOnAll()) {
            List<String> names = Dialects.names();
            add("", names.get(0), Dialects.all().stream().map(Dialect::splitter).toList());
            return;
        }
        List<String> dialects = Dialects.names().stream()
                .filter(dialect -> !doesNothing(dialect))
                .toList();
        for (String dialect : dialects) {
            add(" " + dialect, dialect, List.of(Dialects.named(dialect).splitter()));
        }
    }

    private boolean isSameOnAll() {
        String first = Dialects.names().get(0);
        return Dialects.names().stream()
                .allMatch(other -> isSame(Direction.UPGRADE, first, other)
                        && isSame(Direction.DOWNGRADE, first, other)
                        && script.downgrade(first).equals(script.downgrade(other)));
    }

    private boolean isSame(Direction direction, String first, String other) {
        return texts(direction, first).equals(texts(direction, other))
                && script.transaction(direction, first) == script.transaction(direction, other);
    }

    /** Without a section, a dialect has no SQL to apply or revert. Returns whether that is true of this revision. */
    private boolean doesNothing(String dialect) {
        return texts(Direction.UPGRADE, dialect).isEmpty()
                && texts(Direction.DOWNGRADE, dialect).isEmpty()
                && script.downgrade(dialect) instanceof Downgrade.Defined;
    }

    private List<SqlText> texts(Direction direction, String dialect) {
        Body body = direction == Direction.UPGRADE ? found.up() : found.down();
        return body == null
                ? List.of()
                : body.sql().on(dialect).stream()
                        .filter(piece -> !piece.text().isBlank())
                        .toList();
    }

    private void add(String suffix, String dialect, List<StatementSplitter> splitters) {
        sections.add(new Section(
                "-- upgrade" + suffix,
                new ImportedBody(
                        texts(Direction.UPGRADE, dialect), script.transaction(Direction.UPGRADE, dialect), splitters)));
        Downgrade downgrade = script.downgrade(dialect);
        if (downgrade instanceof Downgrade.Defined) {
            sections.add(new Section(
                    "-- downgrade" + suffix,
                    new ImportedBody(
                            texts(Direction.DOWNGRADE, dialect),
                            script.transaction(Direction.DOWNGRADE, dialect),
                            splitters)));
        } else if (!(downgrade instanceof Downgrade.Missing)) {
            refusal = downgrade;
        }
        boolean anyDown = sections.stream().anyMatch(section -> section.marker().startsWith("-- downgrade"));
        if (refusal != null && anyDown) {
            throw NotImportableException.keepOnOneDialect(found.origin());
        }
    }

    /** Only a file without a transaction may begin one itself. A part of a file can run outside the transaction. */
    private boolean goesWithoutTransaction() {
        return sections.stream().anyMatch(section -> section.body().controlsTransaction())
                || (sections.stream().anyMatch(section -> !section.body().isEmpty())
                        && sections.stream()
                                .map(Section::body)
                                .filter(body -> !body.isEmpty())
                                .allMatch(ImportedBody::leavesTransaction));
    }

    private String header(RevisionId id, @Nullable RevisionId parent, @Nullable Instant created) {
        StringBuilder text = new StringBuilder("-- revision: " + id + "\n");
        if (parent != null) {
            text.append("-- parents: ").append(parent).append('\n');
        }
        String message = oneLine(script.revision().message());
        if (!message.isEmpty()) {
            text.append("-- message: ").append(message).append('\n');
        }
        if (created != null) {
            text.append("-- created: ").append(created).append('\n');
        }
        if (goesWithoutTransaction()) {
            text.append("-- no transaction\n");
        }
        addDeclaration(text, "rerun-exempt", script.rerunExempt());
        addDeclaration(text, "lossy", script.lossy());
        MarkerSyntax.EXEMPTION_KEYS.forEach(
                key -> addDeclaration(text, key, script.exemptions().get(key)));
        text.append("-- imported: version ").append(oneLine(script.id().value()));
        text.append(" of ").append(script.format().label());
        text.append(", ").append(oneLine(found.origin())).append('\n');
        for (String question : questions(script)) {
            text.append("-- imported: without the precondition ")
                    .append(question)
                    .append('\n');
        }
        lostDowngrade()
                .ifPresent(lost ->
                        text.append("-- imported: ").append(oneLine(lost)).append('\n'));
        return text.toString();
    }

    /** Returns the preconditions of a revision, which a revision file cannot contain. */
    static List<String> questions(MigrationScript script) {
        return script.migration() instanceof ConditionalMigration conditional
                ? Dialects.names().stream()
                        .flatMap(dialect -> conditional.preconditions(dialect).stream()
                                .flatMap(asked -> asked.checks().stream()
                                        .map(check -> "whether "
                                                + oneLine(check.sql().on(dialect)) + " gives '"
                                                + oneLine(check.expected()) + "' (onFail:" + asked.onFail() + ")")))
                        .distinct()
                        .toList()
                : List.of();
    }

    private static void addDeclaration(StringBuilder text, String key, @Nullable String reason) {
        if (reason != null) {
            text.append("-- ").append(key).append(": ").append(oneLine(reason)).append('\n');
        }
    }

    private Optional<String> lostDowngrade() {
        return Dialects.names().stream()
                .map(script::downgrade)
                .map(downgrade -> downgrade instanceof Downgrade.Missing missing ? missing.explanation() : null)
                .filter(Objects::nonNull)
                .findFirst();
    }

    private String body() {
        boolean without = goesWithoutTransaction();
        StringBuilder text = new StringBuilder();
        for (Section section : sections) {
            ImportedBody body = section.body();
            String lines = body.text();
            text.append('\n').append(section.marker()).append('\n');
            if (body.isEmpty()) {
                continue;
            }
            if (without && !body.leavesTransaction()) {
                text.append("BEGIN;\n").append(ended(lines)).append("COMMIT;\n");
            } else if (!without && body.leavesTransaction()) {
                text.append("-- autocommit\n").append(lines).append("-- end\n");
            } else {
                text.append(lines);
            }
        }
        if (refusal instanceof Downgrade.Keep keep) {
            text.append("\n-- keep: ").append(oneLine(keep.reason())).append('\n');
        } else if (refusal instanceof Downgrade.Irreversible irreversible) {
            text.append("\n-- irreversible: ")
                    .append(oneLine(irreversible.reason()))
                    .append('\n');
        }
        return text.toString();
    }

    /** An additional semicolon after the last statement is harmless. */
    private static String ended(String lines) {
        return lines.stripTrailing().endsWith(";") ? lines : lines + ";\n";
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ").strip();
    }
}
