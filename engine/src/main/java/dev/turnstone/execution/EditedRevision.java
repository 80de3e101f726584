package dev.turnstone.execution;

import dev.turnstone.revision.Revision;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An applied revision whose file changed after it was applied. The schema of this database may differ from that of a
 * new database.
 *
 * @param revision the revision in its current form
 * @param appliedAt the time when it was applied or stamped; null if not stored
 * @param recorded the stored checksum: SHA-256 in hexadecimal digits
 * @param present the checksum of its current file
 */
public record EditedRevision(Revision revision, @Nullable Instant appliedAt, String recorded, String present) {}
