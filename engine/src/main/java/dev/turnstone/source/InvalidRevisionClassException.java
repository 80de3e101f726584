package dev.turnstone.source;

import dev.turnstone.error.TurnstoneException;
import org.jspecify.annotations.Nullable;

/** Thrown for a class that has only a part of what a revision requires. */
public final class InvalidRevisionClassException extends TurnstoneException {

    private final String className;

    private InvalidRevisionClassException(String className, String message, @Nullable Throwable cause) {
        super("Class " + className + " " + message, cause);
        this.className = className;
    }

    private InvalidRevisionClassException(Class<?> type, String message) {
        this(type.getName(), message, null);
    }

    /** Returns the binary name of the class. */
    public String className() {
        return className;
    }

    static InvalidRevisionClassException notAnnotated(Class<?> type) {
        return new InvalidRevisionClassException(
                type,
                "is a Migration without @RevisionHeader. Annotate it with its id, or make it abstract if it is not a "
                        + "revision itself.");
    }

    static InvalidRevisionClassException noMigration(Class<?> type) {
        return new InvalidRevisionClassException(
                type, "has @RevisionHeader but is not a Migration. Implement dev.turnstone.operation.Migration.");
    }

    static InvalidRevisionClassException notConstructible(Class<?> type) {
        return new InvalidRevisionClassException(
                type,
                "cannot be instantiated: a revision is a public class, not abstract, static if it is nested, with a public "
                        + "constructor without parameters.");
    }

    static InvalidRevisionClassException constructorFailed(Class<?> type, Throwable cause) {
        return new InvalidRevisionClassException(
                type.getName(),
                "failed in its constructor: " + cause + ". A revision's constructor must do nothing; move the work to "
                        + "upgrade.",
                cause);
    }

    static InvalidRevisionClassException notLoadable(String className, Throwable cause) {
        return new InvalidRevisionClassException(
                className,
                "cannot be loaded: " + cause
                        + ". Put the classes that it needs on the class path, or move it out of the "
                        + "revisions' package.",
                cause);
    }

    static InvalidRevisionClassException keepAndIrreversible(Class<?> type) {
        return new InvalidRevisionClassException(
                type, "has both keep and irreversible. Remove one of the two from @RevisionHeader.");
    }

    static InvalidRevisionClassException downgradeAndRefusal(Class<?> type, String key) {
        return new InvalidRevisionClassException(
                type,
                "overrides downgrade, and has " + key + ", which replaces a downgrade. Remove one of the " + "two.");
    }

    static InvalidRevisionClassException blank(Class<?> type, String key) {
        return new InvalidRevisionClassException(
                type, "has a blank " + key + ". Write a text, or remove it from @RevisionHeader.");
    }

    static InvalidRevisionClassException badId(Class<?> type, String key, RuntimeException cause) {
        return new InvalidRevisionClassException(
                type.getName(), "has a wrong id in " + key + ": " + cause.getMessage(), cause);
    }

    static InvalidRevisionClassException badDate(Class<?> type, String value) {
        return new InvalidRevisionClassException(type, "has a wrong date. " + Dates.refusal(value));
    }
}
