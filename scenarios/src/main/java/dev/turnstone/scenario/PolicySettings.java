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
 * The policies that are on, the severity of a breach of each, and the project's own rules. Immutable.
 *
 * @param severities the configured severities, by policy: empty if the policy is off; a policy without an entry has its
 *     default severity
 * @param names the naming convention of indexes and constraints
 * @param files the pattern of the names of revision files; empty if only the template of Turnstone's own format applies
 * @param template the template of file names in Turnstone's own format, used if {@code files} is empty
 * @param forbidden the changes that no step may make
 */
public record PolicySettings(
        Map<Policy, Optional<Severity>> severities,
        NamingConvention names,
        Optional<Pattern> files,
        FileNameTemplate template,
        List<ForbiddenChange> forbidden) {

    /** The prefix of these settings in JUnit's configuration, as in {@code turnstone.policies.not-additive}. */
    public static final String PREFIX = "turnstone.policies.";

    /**
     * The maximum length of a pattern. It is far below the depth of parentheses at which compilation overflows the
     * stack.
     */
    private static final int LONGEST_PATTERN = 1000;

    private static final String OFF = "off";
    private static final String FORBID = "forbid";
    private static final String FILES = "files";
    private static final String NAMES = "names.";
    private static final List<ObjectKind> NAMED = List.of(
            ObjectKind.INDEX, ObjectKind.UNIQUE, ObjectKind.CHECK, ObjectKind.FOREIGN_KEY, ObjectKind.PRIMARY_KEY);

    /**
     * The default settings. They allow unnamed constraints and indexes, because a name that the server chose was not
     * chosen by the author.
     */
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
     * Returns the names of all settings: the policies, {@code forbid}, {@code files}, {@code names.index}, and
     * {@code names.} with each kind of constraint.
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
     * Returns these settings with one changed.
     *
     * @param key one of {@link #keys()}
     * @param value for a policy {@code error}, {@code warning}, {@code info} or {@code off}; for {@code forbid} changes
     *     separated by commas, such as {@code drop table, change column type}; for {@code files} a regular expression
     *     that must match the whole path of a file within its directory; for names a template such as
     *     {@code ix_%(table_name)s_%(column_0_N_name)s}, or an empty text to allow any name
     * @throws IllegalArgumentException if the setting does not exist or the value is invalid; the message lists the
     *     valid ones
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

    /** Returns these settings with another template for file names in Turnstone's own format. */
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
     * Returns the severity of a breach; empty if the policy is off.
     *
     * @param policy the policy
     * @param usual the severity if none is configured
     */
    public Optional<Severity> of(Policy policy, Severity usual) {
        Optional<Severity> decided = severities.get(policy);
        return decided == null ? Optional.of(usual) : decided;
    }

    /** Returns whether a policy is on. */
    public boolean holds(Policy policy) {
        return of(policy, policy.findingClass().severity()).isPresent();
    }

    /** Returns the policies with a configured severity as a list, for tests and messages. */
    @Override
    public String toString() {
        List<String> made = new ArrayList<>();
        severities.forEach((policy, severity) ->
                made.add(policy.label() + " = " + severity.map(Severity::label).orElse(OFF)));
        return made.toString();
    }
}
