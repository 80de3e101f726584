package dev.turnstone.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The database as it is at a revision, instead of at the heads of the history.
 *
 * <p>On a test method it is meant for all that the method, and the {@code @BeforeEach} and {@code @AfterEach} methods
 * around it, take; on a parameter, for that parameter. Within one test each revision has one database: two parameters at
 * one revision share it, two parameters at different revisions have one each.
 *
 * <pre>{@code
 * @TestTemplate
 * @AtRevision("c41d7be0a2f5")
 * void filledRowsGetAPriority(MigratedDatabase database) {
 *     …                                    // put rows in
 *     database.migrator().upgrade("head"); // and see what becomes of them
 * }
 * }</pre>
 *
 * <p>Where migrating takes long, the first database of a revision is copied for the tests that follow.
 */
@Documented
@Target({ElementType.METHOD, ElementType.PARAMETER, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(MigrationTestExtension.class)
public @interface AtRevision {

    /** The revision: an id or its beginning, a label, {@code base} for a database before the first revision. */
    String value();
}
