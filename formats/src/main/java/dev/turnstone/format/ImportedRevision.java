package dev.turnstone.format;

import dev.turnstone.revision.RevisionId;

/**
 * A revision of another tool's format, rendered as a Turnstone revision file. Immutable and thread-safe.
 *
 * @param version the version as the other tool writes it
 * @param id the revision's identifier in Turnstone: {@code version} if that is a valid identifier, otherwise derived
 *     from it
 * @param fileName the name of the new file, {@code YYYYMMDD_HHMM_<revision>_<slug>.sql}
 * @param text the new file's content; lines end with {@code \n}
 */
public record ImportedRevision(String version, RevisionId id, String fileName, String text) {}
