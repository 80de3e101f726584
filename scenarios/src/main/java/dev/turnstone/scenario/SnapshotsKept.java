package dev.turnstone.scenario;

/** Which snapshot files a history has in version control. */
public enum SnapshotsKept {
    /**
     * The one of a fresh install, where there is a file of any dialect; then there must be one of each. Without any file
     * nothing is compared.
     */
    AS_FOUND,
    /** The one of a fresh install, for each dialect. A file that is not there is a failure on continuous integration. */
    HEAD,
    /**
     * One for each revision and dialect: the schema that the revision leads to, on the way of a fresh install. So an edit of
     * a revision that was there before shows in a pull request. Where a history has branches, that schema holds what was
     * applied of the other branches before. A file that is not there is a failure on continuous integration.
     */
    EACH_REVISION
}
