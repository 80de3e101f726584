package dev.turnstone.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** An intentional difference between the dialects, for {@link MigrationTest#dialectDifferences}. */
@Documented
@Target({})
@Retention(RetentionPolicy.RUNTIME)
public @interface DialectDifference {

    /**
     * The object: its kind and its name as findings contain them, for example {@code index idx_*_trgm}, where {@code *} stands
     * for any characters; {@code any} for objects of any kind.
     */
    String object();

    /** The reason for the difference; not blank. */
    String reason();
}
