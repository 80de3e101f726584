package dev.turnstone.scenario;

import dev.turnstone.schema.NamingConvention;
import dev.turnstone.schema.ObjectKind;
import dev.turnstone.source.EditDistance;
import dev.turnstone.source.FileNameTemplate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * Which policies hold, how much a breach of each matters, and what the rules are where they are the project's own.
 * Immutable.
 *
 * @param severities what was decided, by policy: empty where it is off; a policy without an entry is as usual
 * @param names how indexes and constraints are named
 * @param files how files of revisions are named; empty where only our own format has a rule, its template
 * @param template how files of our own format are named where {@code files} says nothing
 * @param forbidden the changes that no step may make
 */
public record PolicySettings(
        Map<Policy, Optional<Severity>> severities,
        NamingConvention names,
        Optional<Pattern> files,
        FileNameTemplate template,
        List<ForbiddenChange> forbidden) {

    /** Settings of JUnit begin so, for example {@code turnstone.policies.not-additive}. */
    public static final String PREFIX = "turnstone.policies.";

    /** Far from the depth of parentheses at which compiling an expression overflows the stack. */
    private static final int LONGEST_PATTERN = 1000;

    private static final String OFF = "off";
    private static final String FORBID = "forbid";
    private static final String FILES = "files";
    private static final String NAMES = "names.";
    private static final List<ObjectKind> NAMED = List.of(
            ObjectKind.INDEX, ObjectKind.UNIQUE, ObjectKind.CHECK, ObjectKind.FOREIGN_KEY, ObjectKind.PRIMARY_KEY);

    /** What holds where no one says otherwise. A name that the server chose says nothing of its author's. */
    public static final PolicySettings USUAL = new PolicySettings(
            Map.of(),
            NamingConvention.standard().allowingUnnamed(),
            Optional.empty(),
            FileNameTemplate.DEFAULT,
            List.of());

    public PolicySettings {
        Map<Policy, Optional<Severity>> copy = new EnumMap<>(Policy.class);
        copy.putAll(severities);
        severities = Collections.unmodifiableMap(copy);
        forbidden = List.copyOf(forbidden);
    }

    /**
     * The names of all settings: those of the policies, {@code forbid}, {@code files}, and {@code names.index} with those
     * of the constraints.
     */
    public static List<String> keys() {
        return Stream.of(
                        Arrays.stream(Policy.values()).map(Policy::label),
                        Stream.of(FORBID, FILES),
                        NAMED.stream().map(kind -> NAMES + kind.label()))
                .flatMap(all -> all)
                .toList();
    }

    /**
     * These settings with another one.
     *
     * @param key one of {@link #keys()}
     * @param value for a policy {@code error}, {@code warning}, {@code info} or {@code off}; for {@code forbid} changes with
     *     commas between, such as {@code drop table, change column type}; for {@code files} a regular expression that the
     *     whole path of a file within its directory matches; for names a template such as {@code
     *     ix_%(table_name)s_%(column_0_N_name)s}, or nothing where any name does
     * @throws IllegalArgumentException when there is no such setting, or it cannot have that value; the message says what
     *     there is
     */
    public PolicySettings with(String key, String value) {
        if (key.equals(FORBID)) {
            return new PolicySettings(severities, names, files, template, ForbiddenChange.list(value));
        }
        if (key.equals(FILES)) {
            return new PolicySettings(severities, names, Optional.of(pattern(value)), template, forbidden);
        }
        Optional<ObjectKind> named =
                NAMED.stream().filter(kind -> key.equals(NAMES + kind.label())).findFirst();
        if (named.isPresent()) {
            return new PolicySettings(severities, names(named.get(), value), files, template, forbidden);
        }
        Map<Policy, Optional<Severity>> more = new EnumMap<>(Policy.class);
        more.putAll(severities);
        more.put(Policy.named(key).orElseThrow(() -> unknown(key)), severity(key, value));
        return new PolicySettings(more, names, files, template, forbidden);
    }

    /** These settings, for files of our own format that are named in another way. */
    public PolicySettings with(FileNameTemplate other) {
        return new PolicySettings(severities, names, files, other, forbidden);
    }

    private static IllegalArgumentException unknown(String key) {
        return new IllegalArgumentException("There is no policy '" + key + "'."
                + EditDistance.nearMiss(key, keys())
                        .map(near -> " Did you mean '" + near + "'?")
                        .orElse("")
                + " There are " + String.join(", ", keys()) + ".");
    }

    private static Optional<Severity> severity(String policy, String value) {
        if (value.equals(OFF)) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(Severity.values())
                .filter(s -> s.label().equals(value))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "The policy " + policy + " is error, warning, info or off, not '" + value + "'.")));
    }

    private static Pattern pattern(String value) {
        if (value.length() > LONGEST_PATTERN) {
            throw new IllegalArgumentException("The regular expression for files has " + value.length()
                    + " characters. It can have " + LONGEST_PATTERN + ".");
        }
        try {
            return Pattern.compile(value);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "'" + value + "' for files is no regular expression: " + e.getDescription() + ", at its character "
                            + (e.getIndex() + 1) + ".",
                    e);
        }
    }

    private NamingConvention names(ObjectKind kind, String template) {
        if (!template.isBlank()) {
            return names.with(kind, template);
        }
        SortedMap<ObjectKind, String> fewer = new TreeMap<>(names.templates());
        fewer.remove(kind);
        return new NamingConvention(fewer, names.unnamedAllowed());
    }

    /**
     * How much a breach matters; empty where the policy is off.
     *
     * @param usual how much where no one has decided
     */
    public Optional<Severity> of(Policy policy, Severity usual) {
        Optional<Severity> decided = severities.get(policy);
        return decided == null ? Optional.of(usual) : decided;
    }

    /** Whether a policy holds. */
    public boolean holds(Policy policy) {
        return of(policy, policy.findingClass().severity()).isPresent();
    }

    /** The settings, as a list of those that were made; for tests and messages. */
    @Override
    public String toString() {
        List<String> made = new ArrayList<>();
        severities.forEach((policy, severity) ->
                made.add(policy.label() + " = " + severity.map(Severity::label).orElse(OFF)));
        return made.toString();
    }
}
