package dev.turnstone.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Migrates the test database to a revision instead of to the heads of the history.
 *
 * <p>On a test method, it applies to all database parameters of the method and of its {@code @BeforeEach} and
 * {@code @AfterEach} methods; on a parameter, to that parameter. Within one test each revision has one database: two parameters at
 * one revision share it, two parameters at different revisions have one each.
 *
 * <pre>{@code
 * @TestTemplate
 * @AtRevision("c41d7be0a2f5")
 * void filledRowsGetAPriority(MigratedDatabase database) {
 *     …                                    // insert rows
 *     database.migrator().upgrade("head"); // and check the rows
 * }
 * }</pre>
 *
 * <p>If migrating takes long, later tests get copies of the first database of a revision.
 */
@Documented
@Target({ElementType.METHOD, ElementType.PARAMETER, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(MigrationTestExtension.class)
public @interface AtRevision {

    /** The revision: an id or a prefix of it, a label, {@code base} for a database before the first revision. */
    String value();
}
