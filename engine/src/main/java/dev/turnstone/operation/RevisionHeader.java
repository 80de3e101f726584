package dev.turnstone.operation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a {@link Migration} a revision: the same facts as the header of an SQL revision file.
 *
 * <pre>{@code
 * @RevisionHeader(id = "c41d7be0a2f5", parents = "b7f2c1d90e34", message = "give jobs a priority")
 * public final class GiveJobsPriority implements Migration { ... }
 * }</pre>
 *
 * <p>The class is public and has a public constructor without parameters.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface RevisionHeader {

    /** The identifier; none of {@code @ - + :} and no white space. */
    String id();

    /** The revisions that this one follows; none for a base, several for a merge. */
    String[] parents() default {};

    /** Ids or labels of revisions that must be applied before this one, though it does not follow them. */
    String[] dependsOn() default {};

    /** Names for the branch that this revision belongs to. */
    String[] labels() default {};

    /** What the revision does, in a few words. */
    String message() default "";

    /** When it was written, as ISO-8601; empty where that is not known. */
    String created() default "";

    /** Whether the revision runs in one transaction, together with its version row. */
    boolean transaction() default true;

    /** Why its body cannot run twice; empty where it can. */
    String rerunExempt() default "";

    /** Why going down and up again may cost rows, or values of columns; empty where it must not. */
    String lossy() default "";

    /** Why it may take away what applications use, although the policy {@code not-additive} forbids it; else empty. */
    String notAdditive() default "";

    /** Why it may name something in another way than the policy {@code misnamed} wants; else empty. */
    String misnamed() default "";

    /** Why it may do what the policy {@code forbidden} forbids; else empty. */
    String forbidden() default "";

    /** Why it may block, rewrite or scan tables that others use, as on PostgreSQL; empty where it must not. */
    String locks() default "";

    /**
     * Why there is no downgrade although one may go below: {@code downgrade} moves the version and changes nothing, and
     * the upgrade can be repeated. Empty where there is a downgrade.
     */
    String keep() default "";

    /** Why one cannot go below this revision: {@code downgrade} refuses. Empty where one can. */
    String irreversible() default "";
}
