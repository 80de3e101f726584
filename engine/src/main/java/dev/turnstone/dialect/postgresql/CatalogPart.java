package dev.turnstone.dialect.postgresql;

import java.util.List;
import java.util.Set;

/**
 * One SELECT of the catalog query.
 *
 * @param sql its text, as {@link CatalogQuery} describes it
 * @param only what {@link Presence} must have seen at least one of, or else the part has no rows; empty where the part
 *     is always asked
 */
record CatalogPart(String sql, List<String> only) {

    CatalogPart {
        only = List.copyOf(only);
    }

    /** @param only see there */
    static CatalogPart of(String sql, String... only) {
        return new CatalogPart(sql, List.of(only));
    }

    boolean canHaveRows(Set<String> present) {
        return only.isEmpty() || only.stream().anyMatch(present::contains);
    }
}
