package dev.turnstone.junit;

import dev.turnstone.Migrator;
import dev.turnstone.scenario.ScenarioOptions;
import dev.turnstone.scenario.SnapshotsKept;
import dev.turnstone.snapshot.LogicalRules;
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
 * <p>On a class that implements {@link MigrationScenarios} every default scenario runs on every dialect. Methods of the class with
 * {@code @TestTemplate}, or an annotation that has it, run once for each dialect. They, and the {@code @BeforeEach} and
 * {@code @AfterEach} methods around them, may take a {@link MigratedDatabase}, a {@link Migrator}, a {@link
 * javax.sql.DataSource}, a {@link java.sql.Connection}, which is closed for them, or a {@link
 * dev.turnstone.snapshot.SchemaSnapshot}, all of one database at the heads of the history; see {@link AtRevision}. If
 * the class has one dialect, a plain {@code @Test} may take them too.
 *
 * <p>Every database is created for the test and dropped after it. The source of PostgreSQL, the report directory and more
 * are configuration parameters of the JUnit Platform with the prefix {@code turnstone.}; {@code docs/junit.md} lists
 * them.
 *
 * <p>It can be a meta-annotation, can be on a superclass or an interface, and also applies to {@code @Nested} classes.
 * Register a {@link MigrationTestExtension} instead to configure tests by code.
 */
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(MigrationTestExtension.class)
public @interface MigrationTest {

    /** The locations of the revisions: {@code classpath:some/folder}, or the path of a directory. */
    String[] locations() default Migrator.DEFAULT_LOCATION;

    /** The dialects to run on: {@code sqlite}, {@code postgresql}. */
    String[] dialects() default {"sqlite", "postgresql"};

    /**
     * The schema of databases that existed before the first migration: an SQL file, as a path from the module's
     * directory or {@code classpath:some/file.sql}. A file of the same name with the dialect before its ending, such as
     * {@code schema.sqlite.sql}, is used in its place on that dialect. Empty for none.
     */
    String baseline() default "";

    /** The revision whose schema the baseline has; empty for head. */
    String baselineRevision() default "";

    /**
     * The scenarios to run, for example {@code {"up-down-up", "locks"}}; empty for the default ones, with
     * {@code cross-dialect} only if both dialects run.
     */
    String[] scenarios() default {};

    /**
     * The revisions to check, each an id, a prefix of it or a label, or a range such as {@code c41d:head}; empty for all.
     * Checks of the whole history are then left out.
     */
    String[] revisions() default {};

    /**
     * The minimum downgrade revision: an id, a prefix of it or a label. The downgrades of this revision and of
     * earlier ones are not run, and may be missing. Empty for none.
     */
    String minimumDowngrade() default "";

    /** Revisions that are not checked, each with the reason; they are reported as skipped. */
    Skip[] skip() default {};

    /**
     * An SQL file that runs in every database before the history, named like {@link #baseline()}. Empty for none.
     */
    String before() default "";

    /** How closely the scenario {@code cross-dialect} compares. */
    LogicalRules.Strictness strictness() default LogicalRules.Strictness.STANDARD;

    /** Intentional differences between the dialects; the scenario {@code cross-dialect} reports them as info. */
    DialectDifference[] dialectDifferences() default {};

    /** Whether a body that cannot run twice is an error. */
    ScenarioOptions.IdempotentBodies idempotentBodies() default ScenarioOptions.IdempotentBodies.BY_FORMAT;

    /**
     * Which schemas {@code fresh-install} compares with files in {@code src/test/resources/turnstone/snapshots}: {@code
     * <class>.fresh-install.<dialect>.txt}, or {@code <class>.fresh-install/<revision>.<dialect>.txt}.
     */
    SnapshotsKept snapshots() default SnapshotsKept.AS_FOUND;

    /**
     * The image of a container in which PostgreSQL runs for this class, for example {@code postgres:16}, regardless of the server of
     * other classes; classes with different images test several versions in one run. It needs Testcontainers and a Docker
     * engine. Empty for the server of the run.
     */
    String postgresImage() default "";

    /**
     * The time limit of one command, such as the upgrade of one revision: {@code 90s}, {@code 500ms}, {@code 5m}. Empty for
     * the configuration parameter {@code turnstone.timeout}, else two minutes. A longer command is cancelled and reported.
     */
    String timeout() default "";

    /** Creates the migration tool. Default: the bundled engine. */
    Class<? extends MigrationToolFactory> tool() default BundledEngineFactory.class;
}
