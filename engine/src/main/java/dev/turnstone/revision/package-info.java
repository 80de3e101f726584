/**
 * Revisions, the graph that they form, and the paths through it.
 *
 * <pre>{@code
 * RevisionGraph graph = RevisionGraph.of(revisions); // valid, or an exception that says what is not
 * graph.upgradePath(Set.of(), Target.parse("heads")).forEach(step -> ...);
 * }</pre>
 *
 * <p>Depends on {@code dev.turnstone.error} only; knows no database.
 */
@NullMarked
package dev.turnstone.revision;

import org.jspecify.annotations.NullMarked;
