package dev.turnstone.revision;

/** Which links between revisions count. */
enum Edges {
    /** Parents only: what heads, branches and merges are made of. */
    PARENTS,
    /** Parents and dependencies: what must be applied first, and what the version rows follow. */
    ALL
}
