package dev.turnstone.scenario;

import dev.turnstone.schema.Difference;
import dev.turnstone.schema.ObjectKind;
import dev.turnstone.schema.SchemaObject;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A kind of change that a project forbids, such as {@code drop table}, {@code add trigger} or
 * {@code change column type}.
 *
 * @param verb the change
 * @param kind the kind of the changed object
 * @param attribute the changed attribute of the object, for {@link Verb#CHANGE}; null for any attribute
 */
public record ForbiddenChange(
        Verb verb, ObjectKind kind, @Nullable String attribute) {

    /** A change of an object. */
    public enum Verb {
        ADD,
        DROP,
        CHANGE;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final Pattern WORDS = Pattern.compile("(add|drop|change) ([a-z-]+)(?: (.+))?");

    /**
     * The kinds that are no part of a schema: they belong to the history, to the rows or locks of tables, or to the
     * whole server.
     */
    private static final Set<ObjectKind> NOT_OF_A_SCHEMA = EnumSet.of(
            ObjectKind.ROW,
            ObjectKind.LOCK,
            ObjectKind.REVISION,
            ObjectKind.ROLE,
            ObjectKind.DATABASE,
            ObjectKind.TABLESPACE);

    /**
     * The kinds that are parts of a new table. If they are forbidden, a step must not add them to an existing table,
     * but it can create a table with them.
     */
    private static final Set<ObjectKind> PARTS = EnumSet.of(ObjectKind.COLUMN, ObjectKind.DEFAULT, ObjectKind.COMMENT);

    /**
     * Parses a list of changes.
     *
     * @param text changes separated by commas, each {@code add KIND}, {@code drop KIND}, {@code change KIND} or
     *     {@code change KIND ATTRIBUTE}
     * @throws IllegalArgumentException if an element has another form or an unknown kind; the message lists the valid
     *     ones
     */
    static List<ForbiddenChange> list(String text) {
        return Stream.of(text.split(",", -1))
                .map(String::strip)
                .filter(change -> !change.isEmpty())
                .map(ForbiddenChange::parse)
                .toList();
    }

    private static ForbiddenChange parse(String text) {
        Matcher matcher = WORDS.matcher(text.replaceAll("\\s+", " "));
        if (!matcher.matches() || (matcher.group(3) != null && !matcher.group(1).equals("change"))) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no change that can be forbidden. Say 'add KIND', 'drop"
                            + " KIND', 'change KIND' or 'change KIND ATTRIBUTE', such as 'drop column' or 'change column type'.");
        }
        ObjectKind kind = Arrays.stream(ObjectKind.values())
                .filter(k -> !NOT_OF_A_SCHEMA.contains(k))
                .filter(k -> k.label().equals(matcher.group(2)))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("'" + text + "' forbids something to an object of the kind"
                                + " '" + matcher.group(2) + "', which there is not. Kinds: "
                                + Arrays.stream(ObjectKind.values())
                                        .filter(k -> !NOT_OF_A_SCHEMA.contains(k))
                                        .map(ObjectKind::label)
                                        .collect(Collectors.joining(", "))
                                + "."));
        return new ForbiddenChange(Verb.valueOf(matcher.group(1).toUpperCase(Locale.ROOT)), kind, matcher.group(3));
    }

    /** Returns the objects that a step changes in the forbidden way. */
    public List<Breach> in(ObservedChange change) {
        return switch (verb) {
            case ADD ->
                change.after().values().stream()
                        .filter(object -> object.id().kind() == kind && change.isNew(object))
                        .filter(object ->
                                !PARTS.contains(kind) || (object.parent() != null && change.had(object.parent())))
                        .map(object -> new Breach(object, "+ " + object))
                        .toList();
            case DROP ->
                change.differences().stream()
                        .filter(Difference.Removed.class::isInstance)
                        .filter(difference -> difference.object().id().kind() == kind)
                        .map(difference -> new Breach(difference.object(), difference.toString()))
                        .toList();
            case CHANGE ->
                change.differences().stream()
                        .flatMap(difference -> changed(difference).stream())
                        .toList();
        };
    }

    private Optional<Breach> changed(Difference difference) {
        return difference instanceof Difference.Changed changed
                        && changed.object().id().kind() == kind
                        && (attribute == null
                                || changed.changes().stream()
                                        .anyMatch(one -> one.attribute().equals(attribute)))
                ? Optional.of(new Breach(changed.object(), changed.toString()))
                : Optional.empty();
    }

    /**
     * An object that a step changed in the forbidden way.
     *
     * @param object the object after the step, or before the step if the step dropped it
     * @param words the change, in the form of a difference
     */
    public record Breach(SchemaObject object, String words) {}

    /** Returns the change in the form that settings use, such as {@code change column type}. */
    @Override
    public String toString() {
        return verb.label() + " " + kind.label() + (attribute == null ? "" : " " + attribute);
    }
}
