package dev.turnstone.source;

import dev.turnstone.error.TurnstoneException;
import dev.turnstone.operation.Location;
import dev.turnstone.revision.Revision;
import dev.turnstone.revision.RevisionId;
import java.text.Normalizer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A template for the names of revision files, for example {@code 20240531_1430_c41d7be0a2f5_give_jobs_a_priority.sql}.
 *
 * <p>Placeholders: {@code {revision}} is required. {@code {date}} (eight digits), {@code {time}} (four digits; both in
 * UTC) and {@code {slug}} (the message in lower case; a name may omit it with the separator before it) are optional.
 * All other text is literal. Immutable and thread-safe.
 */
public final class FileNameTemplate {

    static final String DEFAULT_TEMPLATE = "{date}_{time}_{revision}_{slug}";

    private static final String REVISION = "revision";
    private static final String SLUG = "slug";
    private static final Set<String> PLACEHOLDERS = Set.of("date", "time", REVISION, SLUG);
    private static final int LONGEST_SLUG = 40;
    private static final String EXTENSION = ".sql";
    private static final Pattern PLACEHOLDER = Pattern.compile("([^{}]*)(?:\\{([a-z]+)\\})?");
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HHmm", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** {@code YYYYMMDD_HHMM_<revision>_<slug>}. */
    public static final FileNameTemplate DEFAULT = parse(DEFAULT_TEMPLATE);

    private final String template;
    private final List<Part> parts;
    private final Pattern shape;

    /** A piece of the template; {@code placeholder} is empty for a literal. */
    private record Part(String literal, String placeholder) {
        boolean is(String name) {
            return placeholder.equals(name);
        }
    }

    private FileNameTemplate(String template, List<Part> parts) {
        this.template = template;
        this.parts = parts;
        this.shape = pattern(".+?");
    }

    /**
     * Parses a template.
     *
     * @param template without the extension, for example {@code {date}_{time}_{revision}_{slug}}
     * @throws InvalidFileNameTemplateException if {@code {revision}} is missing, a placeholder is unknown or
     *     duplicated, or the template contains a slash or a stray brace
     */
    public static FileNameTemplate parse(String template) {
        List<Part> parts = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        Matcher matcher = PLACEHOLDER.matcher(template);
        int end = 0;
        while (end < template.length() && matcher.find(end) && matcher.start() == end && matcher.end() > end) {
            if (!matcher.group(1).isEmpty()) {
                parts.add(new Part(matcher.group(1), ""));
            }
            String placeholder = matcher.group(2);
            if (placeholder != null) {
                if (!PLACEHOLDERS.contains(placeholder)) {
                    throw new InvalidFileNameTemplateException(
                            template, "has an unknown placeholder {" + placeholder + "}");
                }
                if (!seen.add(placeholder)) {
                    throw new InvalidFileNameTemplateException(template, "has {" + placeholder + "} twice");
                }
                parts.add(new Part("", placeholder));
            }
            end = matcher.end();
        }
        if (end < template.length()) {
            throw new InvalidFileNameTemplateException(template, "has a brace that belongs to no placeholder");
        }
        if (template.contains("/") || template.contains("\\")) {
            throw new InvalidFileNameTemplateException(template, "has a slash, but a template names no folder");
        }
        if (!seen.contains(REVISION)) {
            throw new InvalidFileNameTemplateException(template, "has no {revision}");
        }
        return new FileNameTemplate(template, List.copyOf(parts));
    }

    /**
     * Returns the name of a new revision's file.
     *
     * @param id the revision's identifier
     * @param created the creation time; formatted in UTC
     * @param message a short description; becomes the slug, and may be empty
     * @return the name with its extension {@code .sql}
     */
    public String fileName(RevisionId id, Instant created, String message) {
        StringBuilder name = new StringBuilder();
        String slug = slug(message);
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            if (isOptional(i) && slug.isEmpty()) {
                break;
            }
            name.append(
                    switch (part.placeholder()) {
                        case "date" -> DATE.format(created);
                        case "time" -> TIME.format(created);
                        case REVISION -> id.value();
                        case SLUG -> slug;
                        default -> part.literal();
                    });
        }
        return name + EXTENSION;
    }

    /**
     * Compares a file's name with its header. A name that does not match the template is accepted.
     *
     * @param fileName with or without folders and extension
     * @return the revision in the file name if it differs from {@code id}; otherwise empty
     */
    public Optional<String> otherRevisionIn(String fileName, RevisionId id) {
        String name = fileName.substring(fileName.lastIndexOf('/') + 1);
        if (name.toLowerCase(Locale.ROOT).endsWith(EXTENSION)) {
            name = name.substring(0, name.length() - EXTENSION.length());
        }
        Matcher matcher = shape.matcher(name);
        if (!matcher.matches()
                || matcher.group(REVISION).equals(id.value())
                || pattern(Pattern.quote(id.value())).matcher(name).matches()) {
            return Optional.empty();
        }
        return Optional.of(matcher.group(REVISION));
    }

    /**
     * Returns whether a file name matches this template, with any revision.
     *
     * @param fileName with or without folders, with the extension {@code .sql}
     */
    public boolean isFollowedBy(String fileName) {
        String name = fileName.substring(fileName.lastIndexOf('/') + 1);
        return name.endsWith(EXTENSION)
                && shape.matcher(name.substring(0, name.length() - EXTENSION.length()))
                        .matches();
    }

    void check(Revision revision, Location header) {
        otherRevisionIn(revision.origin(), revision.id()).ifPresent(named -> {
            throw new MisnamedRevisionFileException(header, revision.origin(), named, revision.id(), this);
        });
    }

    /** Returns the template as it was given. */
    @Override
    public String toString() {
        return template;
    }

    /** Returns whether a name may omit a part: a slug at the end, and the separator before it. */
    private boolean isOptional(int index) {
        int last = parts.size() - 1;
        boolean separator = index == last - 1 && index > 0 && parts.get(index).is("");
        return parts.get(last).is(SLUG) && (index == last || separator);
    }

    private Pattern pattern(String revision) {
        StringBuilder regex = new StringBuilder();
        String close = "";
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            if (isOptional(i) && close.isEmpty()) {
                regex.append("(?:");
                close = ")?";
            }
            regex.append(
                    switch (part.placeholder()) {
                        case "date" -> "\\d{8}";
                        case "time" -> "\\d{4}";
                        case REVISION -> "(?<revision>" + revision + ")";
                        case SLUG -> ".*";
                        default -> Pattern.quote(part.literal());
                    });
        }
        return Pattern.compile(regex + close);
    }

    private static String slug(String message) {
        String ascii = Normalizer.normalize(message, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
        String slug = ascii.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
        String cut = slug.length() > LONGEST_SLUG ? slug.substring(0, LONGEST_SLUG) : slug;
        return cut.replaceAll("^_+|_+$", "");
    }

    /** Thrown for an invalid template of file names. */
    public static final class InvalidFileNameTemplateException extends TurnstoneException {

        InvalidFileNameTemplateException(String template, String problem) {
            super("The file name template '" + template + "' " + problem
                    + ". Use {revision}, and optionally {date}, {time} and {slug}, each once, as in "
                    + FileNameTemplate.DEFAULT_TEMPLATE + ".");
        }
    }
}
