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
                path,
                "There is no directory " + path + ". Create it, or give the directory that contains the revisions.");
    }

    static SourceNotFoundException notOnClassPath(String folder) {
        return new SourceNotFoundException(
                "classpath:" + folder,
                "No directory or jar on the class path contains the folder " + folder
                        + ". Put the revisions in src/main/resources/" + folder
                        + " (or the classes in the package " + folder.replace('/', '.')
                        + "), or give the folder that contains them.");
    }

    static SourceNotFoundException unlistable(String folder, String url) {
        return new SourceNotFoundException(
                "classpath:" + folder,
                "The folder " + folder + " is on the class path as " + url
                        + ", whose files cannot be listed. Use a directory or a jar, or give the revisions' directory "
                        + "by its path.");
    }

    static SourceNotFoundException unknownScheme(String location, String scheme) {
        return new SourceNotFoundException(
                location,
                "'" + location + "' begins with '" + scheme + ":', which is not a location of revisions. Write "
                        + "classpath:FOLDER, file:PATH or a path.");
    }

    static SourceNotFoundException noPlace(String location) {
        return new SourceNotFoundException(
                location,
                "'" + location + "' is not a location of revisions. Write classpath:FOLDER, file:PATH or a path.");
    }
}
