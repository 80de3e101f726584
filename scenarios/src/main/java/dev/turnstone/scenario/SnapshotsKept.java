package dev.turnstone.scenario;

/** The snapshot files that a history has in version control. */
public enum SnapshotsKept {
    /**
     * A file of a fresh install, which is optional. If a file exists for one dialect, one must exist for each. If none
     * exists, nothing is compared.
     */
    AS_FOUND,
    /** A file of a fresh install for each dialect. On continuous integration, a missing file is a failure. */
    HEAD,
    /**
     * A file for each revision and dialect: the schema after the revision, during a fresh install. An edit of an
     * existing revision therefore shows in a pull request. If a history has branches, the schema includes the
     * revisions of the other branches that were applied before. On continuous integration, a missing file is a failure.
     */
    EACH_REVISION
}
