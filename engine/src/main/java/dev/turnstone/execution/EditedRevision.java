package dev.turnstone.execution;

import dev.turnstone.revision.Revision;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An applied revision whose file is not what it was when it was applied: this database may hold something else than one
 * that is made anew.
 *
 * @param revision the revision, as it is now
 * @param appliedAt when it was applied or stamped; null where the database does not tell
 * @param recorded the checksum from then: SHA-256 in hexadecimal digits
 * @param present the checksum of its file now
 */
public record EditedRevision(Revision revision, @Nullable Instant appliedAt, String recorded, String present) {}
