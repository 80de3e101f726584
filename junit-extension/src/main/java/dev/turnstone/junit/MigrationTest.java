package dev.turnstone.junit;

import dev.turnstone.Migrator;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests an application's migrations.
 *
 * <p>On a class that implements {@link MigrationScenarios} every usual scenario runs on every dialect. Methods of the class with
 * {@code @TestTemplate} run once for each dialect and may take a {@link MigratedDatabase}.
 *
 * <p>Every database is made for the test and dropped after it. Where PostgreSQL comes from, in this order: the
 * configuration parameter {@code turnstone.postgres.url}, the environment's {@code DATABASE_URL}, an embedded server;
 * {@code turnstone.postgres.source} ({@code auto}, {@code url}, {@code embedded}) decides otherwise. Configuration
 * parameters are those of the JUnit Platform: system properties, or {@code junit-platform.properties}. A server that is
 * named and cannot be reached fails the tests that need it.
 *
 * <p>When all tests are over, a summary is printed, and a report is written to {@code report.html} in the directory that
 * {@code turnstone.report.directory} names; without it, to {@code turnstone} in the build's directory.
 */
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(MigrationTestExtension.class)
public @interface MigrationTest {

    /** Where the revisions are: {@code classpath:some/folder}, or the path of a directory. */
    String[] locations() default Migrator.DEFAULT_LOCATION;

    /** The dialects to run on: {@code sqlite}, {@code postgresql}. */
    String[] dialects() default {"sqlite", "postgresql"};

    /**
     * The scenarios to run, for example {@code {"up-down-up", "locks"}}; empty for the usual ones: all but those that have
     * to be asked for, and {@code cross-dialect} where both dialects run.
     */
    String[] scenarios() default {};

    /**
     * The schema of databases that were there before the first migration: an SQL file, as a path from the module's
     * directory or {@code classpath:some/file.sql}. A file of the same name with the dialect before its ending, such as
     * {@code schema.sqlite.sql}, is used in its place on that dialect. Empty for none.
     */
    String baseline() default "";

    /** The revision whose schema the baseline has; empty for head. */
    String baselineRevision() default "";
}
