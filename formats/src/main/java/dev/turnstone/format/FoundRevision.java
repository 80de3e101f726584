package dev.turnstone.format;

import dev.turnstone.operation.Operations;
import dev.turnstone.operation.SqlText;
import dev.turnstone.source.ConditionalMigration;
import dev.turnstone.source.Downgrade;
import dev.turnstone.source.MigrationScript;
import dev.turnstone.source.Preconditions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A revision of another tool's format before its parent is known.
 *
 * @param version as the file name writes it
 * @param fullName the unique name if several revisions share a version
 * @param title a short description; may be empty
 * @param origin its file, for messages
 * @param up the body of the upgrade
 * @param down the body of the downgrade, or null
 * @param downgrades whether and how it can be reverted
 * @param preconditions the checks before its upgrade
 * @param preface the lines above its body, which contain no SQL; empty if the format allows none
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

    /** The checks before the upgrade, by dialect. */
    @FunctionalInterface
    interface Asking {
        Optional<Preconditions> on(String dialect);
    }

    FoundRevision {
        preface = List.copyOf(preface);
        notes = List.copyOf(notes);
    }

    /** Creates a revision whose downgrade is missing if {@code down} is null. */
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

    /** Returns the same revision with the lines above the marker of its upgrade. */
    FoundRevision withPreface(List<String> lines) {
        return new FoundRevision(version, fullName, title, origin, up, down, downgrades, preconditions, lines, notes);
    }

    /** Returns all SQL that it sends on a dialect, in both directions. */
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
