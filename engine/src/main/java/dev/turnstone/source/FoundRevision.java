package dev.turnstone.source;

import dev.turnstone.operation.Operations;
import dev.turnstone.operation.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A revision of another tool's format that has not yet been given its place in the line.
 *
 * @param version as the name spells it
 * @param fullName what names it when several share a version
 * @param title what it does, in a few words; may be empty
 * @param origin its file, for messages
 * @param up what the upgrade does
 * @param down what the downgrade does; null where there is none
 * @param downgrades whether and how it can be taken back
 * @param preconditions what it asks before its upgrade
 * @param preface the lines above what it does, which hold no SQL; none where the format has no place for them
 * @param notes see {@link MigrationScript#notes()}
 */
record FoundRevision(
        String version,
        String fullName,
        String title,
        String origin,
        Body up,
        @Nullable Body down,
        Downgrade.ByDialect downgrades,
        Asking preconditions,
        List<String> preface,
        List<String> notes)
        implements ConditionalMigration {

    /** What it asks before its upgrade, for a dialect. */
    @FunctionalInterface
    interface Asking {
        Optional<Preconditions> on(String dialect);
    }

    FoundRevision {
        preface = List.copyOf(preface);
        notes = List.copyOf(notes);
    }

    /** One whose downgrade is missing where there is none. */
    static FoundRevision of(
            String version, String fullName, String title, String origin, @Nullable Body up, @Nullable Body down) {
        Downgrade downgrade = down == null ? new Downgrade.Missing() : new Downgrade.Defined();
        return new FoundRevision(
                version,
                fullName,
                title,
                origin,
                up == null ? Body.nothing() : up,
                down,
                dialect -> downgrade,
                dialect -> Optional.empty(),
                List.of(),
                List.of());
    }

    FoundRevision with(Downgrade.ByDialect others) {
        return new FoundRevision(version, fullName, title, origin, up, down, others, preconditions, preface, notes);
    }

    FoundRevision asking(Asking asked) {
        return new FoundRevision(version, fullName, title, origin, up, down, downgrades, asked, preface, notes);
    }

    FoundRevision withNote(String note) {
        List<String> more = new ArrayList<>(notes);
        more.add(note);
        return new FoundRevision(version, fullName, title, origin, up, down, downgrades, preconditions, preface, more);
    }

    /** The same with the lines that stand above the marker of its upgrade. */
    FoundRevision withPreface(List<String> lines) {
        return new FoundRevision(version, fullName, title, origin, up, down, downgrades, preconditions, lines, notes);
    }

    /** All that it sends on a dialect, either way. */
    Stream<SqlText> texts(String dialect) {
        return Stream.concat(
                up.sql().on(dialect).stream(), down == null ? Stream.empty() : down.sql().on(dialect).stream());
    }

    @Override
    public Optional<Preconditions> preconditions(String dialect) {
        return preconditions.on(dialect);
    }

    @Override
    public void upgrade(Operations op) {
        up.record(op);
    }

    @Override
    public void downgrade(Operations op) {
        if (down != null) {
            down.record(op);
        }
    }
}
