package dev.turnstone.dialect.postgresql.catalog;

import java.util.List;
import java.util.Set;

/**
 * One SELECT of the catalog query.
 *
 * @param sql the text, in the form that {@link CatalogQuery} describes
 * @param only the entries of {@link PresentObjectKinds} of which at least one must be present, or else the part has no rows;
 *     empty if the part always runs
 */
record CatalogPart(String sql, List<String> only) {

    CatalogPart {
        only = List.copyOf(only);
    }

    /**
     * Creates a part.
     *
     * @param only the presence entries of which one must be present; none if the part always runs
     */
    static CatalogPart of(String sql, String... only) {
        return new CatalogPart(sql, List.of(only));
    }

    boolean canHaveRows(Set<String> present) {
        return only.isEmpty() || only.stream().anyMatch(present::contains);
    }
}
