package dev.turnstone.operation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a {@link Migration} as a revision, with the same facts as the header of an SQL revision file.
 *
 * <pre>{@code
 * @RevisionHeader(id = "c41d7be0a2f5", parents = "b7f2c1d90e34", message = "give jobs a priority")
 * public final class GiveJobsPriority implements Migration { ... }
 * }</pre>
 *
 * <p>The class must be public and have a public constructor without parameters.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface RevisionHeader {

    /**
     * The identifier. It contains none of {@code @ - + :} and no white space.
     */
    String id();

    /** The parents of this revision; none for a base, several for a merge. */
    String[] parents() default {};

    /** Ids or labels of revisions that must be applied before this one, although they are not its parents. */
    String[] dependsOn() default {};

    /** Labels of the branch that this revision belongs to. */
    String[] labels() default {};

    /** A short description of the revision. */
    String message() default "";

    /** The creation time in ISO-8601 form; empty if not known. */
    String created() default "";

    /** Whether the revision and its version row are applied in one transaction. */
    boolean transaction() default true;

    /** The reason why its body cannot run twice; empty if it can. */
    String rerunExempt() default "";

    /** The reason why a downgrade followed by an upgrade may lose rows or values of columns; empty if it must not. */
    String lossy() default "";

    /**
     * The reason why it may remove objects that applications use, which the policy {@code not-additive} forbids; empty
     * if it must not.
     */
    String notAdditive() default "";

    /** The reason why it may use names that the policy {@code misnamed} forbids; empty if it must not. */
    String misnamed() default "";

    /** The reason why it may use operations that the policy {@code forbidden} forbids; empty if it must not. */
    String forbidden() default "";

    /** The reason why it may block, rewrite or scan tables in use on PostgreSQL; empty if it must not. */
    String locks() default "";

    /**
     * The reason why a revision that can be reverted has no downgrade: {@code downgrade} moves the version and changes
     * nothing else, and the upgrade can run again. Empty if there is a downgrade.
     */
    String keep() default "";

    /** The reason why this revision cannot be reverted: {@code downgrade} fails. Empty if it can be reverted. */
    String irreversible() default "";
}
