package dev.turnstone.source;

import dev.turnstone.operation.Migration;
import java.util.Optional;

/** A migration whose upgrade asks the database first whether it may run. */
public interface ConditionalMigration extends Migration {

    /**
     * What it asks before its upgrade; its downgrade asks nothing.
     *
     * @param dialect {@code sqlite} or {@code postgresql}
     */
    Optional<Preconditions> preconditions(String dialect);
}
