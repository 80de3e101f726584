package dev.turnstone.source;

import dev.turnstone.revision.RevisionId;

/**
 * A revision of another tool's format, written as a file of our own. Immutable and thread-safe.
 *
 * @param version the version as the other tool spells it
 * @param id the revision's identifier here; {@code version} where that is one, otherwise made of it
 * @param fileName the name of the new file, {@code YYYYMMDD_HHMM_<revision>_<slug>.sql}
 * @param text the new file's content; lines end with {@code \n}
 */
public record ImportedRevision(String version, RevisionId id, String fileName, String text) {}
