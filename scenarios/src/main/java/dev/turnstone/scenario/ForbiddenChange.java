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
 * A sort of change that a project forbids, such as {@code drop table}, {@code add trigger} or {@code change column type}.
 *
 * @param verb what is done
 * @param kind to what
 * @param attribute for a change, the attribute of the object that it is about; null for any
 */
public record ForbiddenChange(
        Verb verb, ObjectKind kind, @Nullable String attribute) {

    /** What can be done to an object. */
    public enum Verb {
        ADD,
        DROP,
        CHANGE;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final Pattern WORDS = Pattern.compile("(add|drop|change) ([a-z-]+)(?: (.+))?");

    /** What no step changes in a schema: they are the history's, the tables', or shared by a server. */
    private static final Set<ObjectKind> NOT_OF_A_SCHEMA = EnumSet.of(
            ObjectKind.ROW,
            ObjectKind.LOCK,
            ObjectKind.REVISION,
            ObjectKind.ROLE,
            ObjectKind.DATABASE,
            ObjectKind.TABLESPACE);

    /** No new table is without them; to forbid them is to forbid that they are added to one that is there. */
    private static final Set<ObjectKind> PARTS = EnumSet.of(ObjectKind.COLUMN, ObjectKind.DEFAULT, ObjectKind.COMMENT);

    /**
     * Reads a list of changes.
     *
     * @param text each {@code add KIND}, {@code drop KIND}, {@code change KIND} or {@code change KIND ATTRIBUTE}, with
     *     commas between
     * @throws IllegalArgumentException when one is something else; the message says what there is
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

    /** The objects to which a step does it, each with the difference where there is one by itself. */
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
     * An object to which it is done.
     *
     * @param object as it is afterwards, where it is there afterwards
     * @param words what is done to it, on one line
     */
    public record Breach(SchemaObject object, String words) {}

    /** As in settings: {@code change column type}. */
    @Override
    public String toString() {
        return verb.label() + " " + kind.label() + (attribute == null ? "" : " " + attribute);
    }
}
