package dev.turnstone.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A revision that {@link MigrationTest#skip} leaves out: it is applied on the way to others, and not looked at itself. */
@Documented
@Target({})
@Retention(RetentionPolicy.RUNTIME)
public @interface Skip {

    /** The revision: its id, the beginning of that, or a label. */
    String revision();

    /** Why, for whoever reads the report; not blank. */
    String reason();
}
