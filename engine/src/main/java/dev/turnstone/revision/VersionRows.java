package dev.turnstone.revision;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/** The rows of the version table at one moment, sorted by id. */
final class VersionRows {

    private VersionRows() {}

    static Set<RevisionId> copyOf(Set<RevisionId> rows) {
        return Collections.unmodifiableSet(new TreeSet<>(rows));
    }
}
