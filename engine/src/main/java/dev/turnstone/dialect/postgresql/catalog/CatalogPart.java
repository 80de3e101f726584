package dev.turnstone.dialect.postgresql.catalog;

import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * One SELECT of the catalog query.
 *
 * @param select composes the SELECT for a server and a scope
 * @param only the entries of {@link PresentObjectKinds} of which at least one must be present, or else the part has no
 *     rows; empty if the part always runs
 */
record CatalogPart(Function<CatalogContext, ObjectSelect> select, List<String> only) {

    CatalogPart {
        only = List.copyOf(only);
    }

    /**
     * Creates a part.
     *
     * @param only the entries of which one must be present; none if the part always runs
     */
    static CatalogPart of(Function<CatalogContext, ObjectSelect> select, String... only) {
        return new CatalogPart(select, List.of(only));
    }

    boolean canHaveRows(Set<String> present) {
        return only.isEmpty() || only.stream().anyMatch(present::contains);
    }
}
