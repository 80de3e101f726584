package dev.turnstone.source;

import dev.turnstone.error.TurnstoneException;

/** Thrown for a location of revisions that does not exist or is invalid. */
public final class SourceNotFoundException extends TurnstoneException {

    private final String place;

    private SourceNotFoundException(String place, String message) {
        super(message);
        this.place = place;
    }

    /** Returns the location as it was given, for example {@code classpath:db/migrations}. */
    public String place() {
        return place;
    }

    static SourceNotFoundException noDirectory(String path) {
        return new SourceNotFoundException(
                path, "There is no directory " + path + ". Make it, or name the one that holds the revisions.");
    }

    static SourceNotFoundException notOnClassPath(String folder) {
        return new SourceNotFoundException(
                "classpath:" + folder,
                "The class path has no folder " + folder + ". Put the revisions in src/main/resources/" + folder
                        + " (or the classes in the package " + folder.replace('/', '.')
                        + "), or name the folder that holds them.");
    }

    static SourceNotFoundException unlistable(String folder, String url) {
        return new SourceNotFoundException(
                "classpath:" + folder,
                "The folder " + folder + " is on the class path as " + url
                        + ", whose files cannot be listed. Use a directory or a jar, or name the revisions' directory "
                        + "by its path.");
    }

    static SourceNotFoundException unknownScheme(String location, String scheme) {
        return new SourceNotFoundException(
                location,
                "'" + location + "' begins with '" + scheme + ":', which is no place for revisions. Write "
                        + "classpath:FOLDER, file:PATH or a path.");
    }

    static SourceNotFoundException noPlace(String location) {
        return new SourceNotFoundException(
                location,
                "'" + location + "' names no place for revisions. Write classpath:FOLDER, file:PATH or a path.");
    }
}
