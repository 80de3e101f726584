package dev.turnstone.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A revision that {@link MigrationTest#skip} leaves out: it is applied before later revisions, but not checked. */
@Documented
@Target({})
@Retention(RetentionPolicy.RUNTIME)
public @interface Skip {

    /** The revision: its id, a prefix of it, or a label. */
    String revision();

    /** The reason, which reports contain; not blank. */
    String reason();
}
