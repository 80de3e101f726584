/**
 * Revisions, the graph that they form, and the paths through it.
 *
 * <pre>{@code
 * RevisionGraph graph = RevisionGraph.of(revisions); // throws an exception if the history is invalid
 * graph.upgradePath(Set.of(), Target.parse("heads")).forEach(step -> ...);
 * }</pre>
 *
 * <p>Depends on {@code dev.turnstone.error} only; independent of databases.
 */
@NullMarked
package dev.turnstone.revision;

import org.jspecify.annotations.NullMarked;
