package dev.turnstone.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs a test on some of the dialects only; on the others it is reported as skipped.
 *
 * <p>On a class, it applies to all tests that use a database, including the scenarios.
 */
@Documented
@Inherited
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(MigrationTestExtension.class)
public @interface EnabledOnDialect {

    /** The dialects: {@code sqlite}, {@code postgresql}. */
    String[] value();
}
