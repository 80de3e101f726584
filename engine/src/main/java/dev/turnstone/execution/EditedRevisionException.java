package dev.turnstone.execution;

import dev.turnstone.error.TurnstoneException;
import java.util.List;

/** Thrown before anything runs if an applied revision was edited later, and {@link RunOptions} rejects this. */
public final class EditedRevisionException extends TurnstoneException {

    private final transient List<EditedRevision> edited;

    public EditedRevisionException(List<EditedRevision> edited) {
        super(message(edited));
        this.edited = List.copyOf(edited);
    }

    private static String message(List<EditedRevision> edited) {
        StringBuilder text = new StringBuilder(
                edited.size() == 1
                        ? "A revision was edited after it was applied here:"
                        : edited.size() + " revisions were edited after they were applied here:");
        for (EditedRevision each : edited) {
            text.append("\n  ")
                    .append(each.revision().id())
                    .append(" (")
                    .append(each.revision().origin())
                    .append(')');
            if (each.appliedAt() != null) {
                text.append(", applied ").append(each.appliedAt());
            }
        }
        return text.append("\nNothing was run. Put the change in a new revision and restore the file. If the database"
                        + " already is as it should be, stamp its current version again with --purge.")
                .toString();
    }

    /** Returns the edited revisions, sorted by id. */
    public List<EditedRevision> edited() {
        return edited;
    }
}
