package dev.turnstone.source;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses the locations of revisions in annotations and options. */
public final class RevisionSources {

    /** A scheme has at least two letters: a single letter is a Windows drive. */
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):(.*)", Pattern.DOTALL);

    private RevisionSources() {}

    /**
     * Parses a location.
     *
     * @param location {@code classpath:db/migrations}, {@code file:///srv/migrations}, {@code file:migrations} or a
     *     path
     * @param loader the class loader for a folder on the class path
     * @return the source; {@link RevisionSource#load()} checks whether it exists
     * @throws SourceNotFoundException if {@code location} has another scheme, or is empty
     */
    public static RevisionSource parse(String location, ClassLoader loader) {
        Matcher matcher = SCHEME.matcher(location.strip());
        if (!matcher.matches()) {
            return SqlFileSource.of(path(location, location.strip()));
        }
        return switch (matcher.group(1)) {
            case "classpath" -> ClasspathSource.of(matcher.group(2), loader);
            case "file" ->
                SqlFileSource.of(matcher.group(2).startsWith("/") ? uri(location) : path(location, matcher.group(2)));
            default -> throw SourceNotFoundException.unknownScheme(location, matcher.group(1));
        };
    }

    private static Path path(String location, String path) {
        if (path.isEmpty()) {
            throw SourceNotFoundException.noPlace(location);
        }
        try {
            return Path.of(path);
        } catch (InvalidPathException e) {
            throw SourceNotFoundException.noPlace(location);
        }
    }

    private static Path uri(String location) {
        try {
            return Path.of(URI.create(location.strip().replace(" ", "%20")));
        } catch (IllegalArgumentException e) {
            throw SourceNotFoundException.noPlace(location);
        }
    }
}
