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
 * <p>On a class that implements {@link MigrationScenarios} every usual scenario runs on every dialect. Methods of the class with
 * {@code @TestTemplate}, or an annotation that has it, run once for each dialect. They, and the {@code @BeforeEach} and
 * {@code @AfterEach} methods around them, may take a {@link MigratedDatabase}, a {@link Migrator}, a {@link
 * javax.sql.DataSource}, a {@link java.sql.Connection}, which is closed for them, or a {@link
 * dev.turnstone.snapshot.SchemaSnapshot}, all of one database at the heads of the history; see {@link AtRevision}. Where
 * the class has one dialect, a plain {@code @Test} may as well.
 *
 * <p>Every database is made for the test and dropped after it. What is configured, where PostgreSQL comes from, and where
 * reports go: see the settings in {@code docs/junit.md}; they are configuration parameters of the JUnit Platform that
 * begin with {@code turnstone.}.
 *
 * <p>It can stand on an annotation of your own, on a superclass or an interface, and is meant for {@code @Nested} classes
 * too. Who prefers code to annotations registers a {@link MigrationTestExtension} instead.
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
     * The schema of databases that were there before the first migration: an SQL file, as a path from the module's
     * directory or {@code classpath:some/file.sql}. A file of the same name with the dialect before its ending, such as
     * {@code schema.sqlite.sql}, is used in its place on that dialect. Empty for none.
     */
    String baseline() default "";

    /** The revision whose schema the baseline has; empty for head. */
    String baselineRevision() default "";

    /**
     * The scenarios to run, for example {@code {"up-down-up", "locks"}}; empty for the usual ones: all but those that have
     * to be asked for, and {@code cross-dialect} where both dialects run.
     */
    String[] scenarios() default {};

    /**
     * The revisions to look at, each an id, its beginning or a label, or a range such as {@code c41d:head}; empty for all.
     * What is about the history as a whole is then left out.
     */
    String[] revisions() default {};

    /**
     * The revision below which nothing is taken back: an id, its beginning or a label. The downgrades of this revision and of
     * those before it are not tried, and may be missing. Empty for none.
     */
    String minimumDowngrade() default "";

    /** Revisions that are not looked at, each with the reason; they count as skipped. */
    Skip[] skip() default {};

    /**
     * What every database gets before the history: an SQL file, named as {@link #baseline()} is. Empty for nothing.
     */
    String before() default "";

    /** How closely the scenario {@code cross-dialect} compares. */
    LogicalRules.Strictness strictness() default LogicalRules.Strictness.STANDARD;

    /** Where the dialects are meant to differ; the scenario {@code cross-dialect} then reports it as info. */
    DialectDifference[] dialectDifferences() default {};

    /** How much it matters that a revision's body can run twice. */
    ScenarioOptions.IdempotentBodies idempotentBodies() default ScenarioOptions.IdempotentBodies.BY_FORMAT;

    /**
     * Which schemas {@code fresh-install} compares with files in {@code src/test/resources/turnstone/snapshots}: {@code
     * <class>.fresh-install.<dialect>.txt}, or {@code <class>.fresh-install/<revision>.<dialect>.txt}.
     */
    SnapshotsKept snapshots() default SnapshotsKept.AS_FOUND;

    /**
     * The image of a container in which PostgreSQL runs for this class, for example {@code postgres:16}, whatever server the
     * others use; classes with different images test several versions in one run. It needs Testcontainers and a Docker
     * engine. Empty for the server of the run.
     */
    String postgresImage() default "";

    /**
     * How long one command may take, such as the upgrade of one revision: {@code 90s}, {@code 500ms}, {@code 5m}. Empty for
     * the configuration parameter {@code turnstone.timeout}, else two minutes. What takes longer is cut and reported.
     */
    String timeout() default "";

    /** The tool that migrates; the engine that comes with Turnstone where nothing is said. */
    Class<? extends MigrationToolFactory> tool() default BundledEngineFactory.class;
}
