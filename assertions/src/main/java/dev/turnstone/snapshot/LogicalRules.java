package dev.turnstone.snapshot;

import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.ObjectKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
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
        STRICT
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

        boolean covers(ObjectId id) {
            String pattern = ("\\Q" + name + "\\E").replace("*", "\\E.*\\Q");
            return (kind == null || kind == id.kind())
                    && Pattern.compile(pattern).matcher(id.name()).matches();
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
        List<Except> more = new ArrayList<>(exceptions);
        more.add(new Except(kind, name, reason));
        return new LogicalRules(strictness, more);
    }

    boolean isStrict() {
        return strictness == Strictness.STRICT;
    }

    boolean isLenient() {
        return strictness == Strictness.LENIENT;
    }
}
