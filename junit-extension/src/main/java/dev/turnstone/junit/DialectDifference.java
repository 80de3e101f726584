package dev.turnstone.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A difference between the dialects that is meant, for {@link MigrationTest#dialectDifferences}. */
@Documented
@Target({})
@Retention(RetentionPolicy.RUNTIME)
public @interface DialectDifference {

    /**
     * The object: its kind and its name as findings spell them, for example {@code index idx_*_trgm}, where {@code *} stands
     * for any characters; {@code any} for objects of any kind.
     */
    String object();

    /** Why the dialects may differ there; not blank. */
    String reason();
}
