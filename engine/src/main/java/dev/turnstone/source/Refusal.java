package dev.turnstone.source;

import dev.turnstone.operation.Location;
import dev.turnstone.source.MalformedRevisionFileException.MalformedSectionException;

/** A {@code -- keep:} or {@code -- irreversible:} line, which replaces a downgrade section. */
record Refusal(String key, String reason, Location location) {

    static Refusal of(MarkerSyntax.Entry entry, Location location) {
        if (entry.value().isEmpty()) {
            throw MalformedSectionException.noReason(location, entry.key());
        }
        return new Refusal(entry.key(), entry.value(), location);
    }

    Downgrade downgrade() {
        return key.equals("keep") ? new Downgrade.Keep(reason) : new Downgrade.Irreversible(reason);
    }
}
