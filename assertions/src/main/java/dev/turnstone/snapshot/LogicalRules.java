package dev.turnstone.snapshot;

import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.ObjectKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How closely two schemas are compared across dialects, and where they may differ. Immutable.
 *
 * <pre>{@code
 * static final LogicalRules RULES = LogicalRules.standard()
 *         .except(ObjectKind.INDEX, "idx_*_trgm", "SQLite has no trigram index; searches are small there");
 * }</pre>
 *
 * @param strictness how closely
 * @param exceptions where they may differ
 */
public record LogicalRules(Strictness strictness, List<Except> exceptions) {

    /** How closely schemas are compared. */
    public enum Strictness {
        /** Values fit: affinities, no lengths, no defaults, no checks, no names of indexes. */
        LENIENT,
        /** What an application can tell: the table of equivalences in {@code docs/cross-dialect.md}. */
        STANDARD,
        /** Also widths of integers, time zones, names of constraints, nullable keys, the order of columns. */
        STRICT;

        /**
         * The level of that name, as settings spell it.
         *
         * @param name {@code lenient}, {@code standard} or {@code strict}
         * @throws IllegalArgumentException when there is no such level
         */
        public static Strictness named(String name) {
            return Arrays.stream(values())
                    .filter(level -> level.name().toLowerCase(Locale.ROOT).equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "Dialects are compared lenient, standard or strict, not '" + name + "'."));
        }
    }

    /**
     * A difference that is meant.
     *
     * @param kind of the object, or null for any
     * @param name its name as in {@link ObjectId#name()}; {@code *} stands for any characters
     * @param reason why
     */
    public record Except(@Nullable ObjectKind kind, String name, String reason) {

        public Except {
            if (reason.isBlank()) {
                throw new IllegalArgumentException("An exception has a reason: " + name);
            }
        }

        /**
         * An exception as settings spell it.
         *
         * @param object the kind and the name, for example {@code index idx_*_trgm}; {@code any} for objects of any kind
         * @throws IllegalArgumentException when there is no such kind, or no name, or the reason is blank
         */
        public static Except parse(String object, String reason) {
            String[] words = object.strip().split("\\s+", 2);
            if (words.length < 2) {
                throw new IllegalArgumentException(
                        "'" + object + "' is no object that may differ. Say its kind and its name,"
                                + " such as 'index idx_*_trgm', or 'any idx_*_trgm'.");
            }
            if (words[0].equals("any")) {
                return new Except(null, words[1], reason);
            }
            return new Except(
                    Arrays.stream(ObjectKind.values())
                            .filter(known -> known.label().equals(words[0]))
                            .findFirst()
                            .orElseThrow(
                                    () -> new IllegalArgumentException(
                                            "'" + object + "' begins with no kind of object,"
                                                    + " such as table, column, index, check or foreign-key, and not with any.")),
                    words[1],
                    reason);
        }

        boolean covers(ObjectId id) {
            return (kind == null || kind == id.kind()) && matches(id.name());
        }

        /** The first place at which a part between two stars fits is the best one, so that no other is tried. */
        private boolean matches(String text) {
            int star = name.indexOf('*');
            if (star < 0) {
                return text.equals(name);
            }
            int lastStar = name.lastIndexOf('*');
            String ending = name.substring(lastStar + 1);
            int at = star;
            int end = text.length() - ending.length();
            if (end < at || !text.startsWith(name.substring(0, star)) || !text.endsWith(ending)) {
                return false;
            }
            String between = name.substring(star, lastStar);
            for (String part : between.split("\\*", -1)) {
                int found = text.indexOf(part, at);
                if (found < 0 || found + part.length() > end) {
                    return false;
                }
                at = found + part.length();
            }
            return true;
        }

        @Override
        public String toString() {
            return (kind == null ? "any" : kind.label().toLowerCase(Locale.ROOT)) + " " + name + ": " + reason;
        }
    }

    public LogicalRules {
        exceptions = List.copyOf(exceptions);
    }

    /** The rules for most. */
    public static LogicalRules standard() {
        return new LogicalRules(Strictness.STANDARD, List.of());
    }

    /** These rules, as closely as that. */
    public LogicalRules with(Strictness level) {
        return new LogicalRules(level, exceptions);
    }

    /**
     * These rules with an exception.
     *
     * @param kind of the object
     * @param name its name as in {@link ObjectId#name()}; {@code *} stands for any characters
     * @param reason why the schemas may differ there; not blank
     */
    public LogicalRules except(ObjectKind kind, String name, String reason) {
        return with(new Except(kind, name, reason));
    }

    /** These rules with an exception. */
    public LogicalRules with(Except exception) {
        List<Except> more = new ArrayList<>(exceptions);
        more.add(exception);
        return new LogicalRules(strictness, more);
    }

    boolean isStrict() {
        return strictness == Strictness.STRICT;
    }

    boolean isLenient() {
        return strictness == Strictness.LENIENT;
    }
}
