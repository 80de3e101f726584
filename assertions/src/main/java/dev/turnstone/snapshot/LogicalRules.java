package dev.turnstone.snapshot;

import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.ObjectKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The strictness of a comparison across dialects, and its exceptions. Immutable.
 *
 * <pre>{@code
 * static final LogicalRules RULES = LogicalRules.standard()
 *         .except(ObjectKind.INDEX, "idx_*_trgm", "SQLite has no trigram index; searches are small there");
 * }</pre>
 *
 * @param strictness the strictness
 * @param exceptions the allowed differences
 */
public record LogicalRules(Strictness strictness, List<Except> exceptions) {

    /** The strictness of a comparison. */
    public enum Strictness {
        /**
         * Compares only whether values fit: type affinities, without lengths, defaults, checks and names of indexes.
         */
        LENIENT,
        /** Compares what an application can observe: the equivalences in {@code docs/cross-dialect.md}. */
        STANDARD,
        /**
         * Also compares widths of integers, time zones, names of constraints, nullable keys and the order of columns.
         */
        STRICT;

        /**
         * Returns the level with that name.
         *
         * @param name {@code lenient}, {@code standard} or {@code strict}
         * @throws IllegalArgumentException if no level has that name
         */
        public static Strictness named(String name) {
            return Arrays.stream(values())
                    .filter(level -> level.name().toLowerCase(Locale.ROOT).equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "The strictness must be lenient, standard or strict, not '" + name + "'."));
        }
    }

    /**
     * An intentional difference.
     *
     * @param kind the kind of the object, or null for any
     * @param name its name as in {@link ObjectId#name()}; {@code *} stands for any characters
     * @param reason the reason for the difference; not blank
     */
    public record Except(@Nullable ObjectKind kind, String name, String reason) {

        public Except {
            if (reason.isBlank()) {
                throw new IllegalArgumentException("An exception needs a reason: " + name);
            }
        }

        /**
         * Parses an exception from settings.
         *
         * @param object the kind and the name, for example {@code index idx_*_trgm}; {@code any} for objects of any
         *     kind
         * @param reason the reason for the difference; not blank
         * @throws IllegalArgumentException if the kind does not exist, the name is missing, or the reason is blank
         */
        public static Except parse(String object, String reason) {
            String[] words = object.strip().split("\\s+", 2);
            if (words.length < 2) {
                throw new IllegalArgumentException(
                        "'" + object + "' does not name an object. Give its kind and its name,"
                                + " such as 'index idx_*_trgm', or 'any idx_*_trgm'.");
            }
            if (words[0].equals("any")) {
                return new Except(null, words[1], reason);
            }
            return new Except(
                    Arrays.stream(ObjectKind.values())
                            .filter(known -> known.label().equals(words[0]))
                            .findFirst()
                            .orElseThrow(() -> new IllegalArgumentException(
                                    "'" + object + "' does not start with a kind of object,"
                                            + " such as table, column, index, check or foreign-key, or with any.")),
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

    /** Returns the standard rules without exceptions. */
    public static LogicalRules standard() {
        return new LogicalRules(Strictness.STANDARD, List.of());
    }

    /** Returns a copy with another strictness. */
    public LogicalRules with(Strictness level) {
        return new LogicalRules(level, exceptions);
    }

    /**
     * Returns a copy with another exception.
     *
     * @param kind the kind of the object
     * @param name its name as in {@link ObjectId#name()}; {@code *} stands for any characters
     * @param reason the reason for the difference; not blank
     */
    public LogicalRules except(ObjectKind kind, String name, String reason) {
        return with(new Except(kind, name, reason));
    }

    /** Returns a copy with another exception. */
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
