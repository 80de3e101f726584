package dev.turnstone.revision;

/** The links between revisions that a traversal follows. */
enum Edges {
    /** Parents only. They define heads, branches and merges. */
    PARENTS,
    /** Parents and dependencies. They must be applied first, and they define the version rows. */
    ALL
}
