package dev.turnstone.source;

import dev.turnstone.operation.Migration;
import java.util.Optional;

/** A migration that checks preconditions in the database before its upgrade. */
public interface ConditionalMigration extends Migration {

    /**
     * Returns the preconditions of the upgrade. The downgrade has none.
     *
     * @param dialect {@code sqlite} or {@code postgresql}
     */
    Optional<Preconditions> preconditions(String dialect);
}
