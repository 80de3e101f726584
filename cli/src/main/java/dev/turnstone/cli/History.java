package dev.turnstone.cli;

import dev.turnstone.revision.Revision;
import dev.turnstone.revision.RevisionGraph;
import dev.turnstone.source.ClasspathSource;
import dev.turnstone.source.FileNameTemplate;
import dev.turnstone.source.Format;
import dev.turnstone.source.RevisionSource;
import dev.turnstone.source.RevisionSources;
import dev.turnstone.source.Scripts;
import dev.turnstone.source.SqlFileSource;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The revisions of a project with their locations.
 *
 * @param scripts the revisions
 * @param locations directories, or {@code classpath:FOLDER}
 * @param fileNames the template for names of revision files
 */
record History(Scripts scripts, List<String> locations, FileNameTemplate fileNames) {

    public static History of(EngineSettings settings, Map<String, String> placeholders) {
        FileNameTemplate fileNames =
                settings.fileNames() == null ? FileNameTemplate.DEFAULT : FileNameTemplate.parse(settings.fileNames());
        String format = settings.format() == null ? Format.TURNSTONE.label() : settings.format();
        if (!format.equals(Format.TURNSTONE.label())) {
            return ofFormat(format, settings, fileNames, placeholders);
        }
        ClassLoader loader = loader(settings.classPath());
        List<RevisionSource> sources = settings.requiredLocations().stream()
                .map(location -> named(RevisionSources.parse(location, loader), fileNames))
                .toList();
        return new History(Scripts.load(sources), settings.requiredLocations(), fileNames);
    }

    /** Loads the history of another tool, which is one directory. */
    private static History ofFormat(
            String name, EngineSettings settings, FileNameTemplate fileNames, Map<String, String> placeholders) {
        List<String> locations = settings.requiredLocations();
        if (locations.size() > 1 || locations.get(0).startsWith("classpath:")) {
            throw new BadOptionException("A history of the format " + name + " is one directory, not "
                    + String.join(" and ", locations) + ". Name one with --location.");
        }
        MigrationDirectory directory =
                MigrationDirectory.at(Path.of(locations.get(0).replaceFirst("^file:(//)?", "")));
        Format format = name.equals("auto") ? directory.format() : MigrationDirectory.formatNamed(name);
        return new History(directory.load(format, placeholders), locations, fileNames);
    }

    /**
     * Checks that a revision in Turnstone's own format can be written into this history.
     *
     * @throws BadOptionException when the history has another format
     */
    void requireOwnFormat() {
        if (scripts.format() != Format.TURNSTONE) {
            throw new BadOptionException("These revisions have the format "
                    + scripts.format().label() + ", whose own tool writes new ones. Nothing was written.");
        }
    }

    private static RevisionSource named(RevisionSource source, FileNameTemplate fileNames) {
        if (source instanceof SqlFileSource directory) {
            return directory.withFileNames(fileNames);
        }
        return source instanceof ClasspathSource folder ? folder.withFileNames(fileNames) : source;
    }

    private static ClassLoader loader(List<String> classPath) {
        List<URL> urls = new ArrayList<>();
        for (String element : classPath) {
            if (!Files.exists(Path.of(element))) {
                throw new BadOptionException("The path " + element
                        + " of --class-path does not exist. Compile first, or correct --class-path.");
            }
            try {
                urls.add(Path.of(element).toUri().toURL());
            } catch (MalformedURLException e) {
                throw new IllegalStateException("Every path has a URL.", e);
            }
        }
        ClassLoader parent = History.class.getClassLoader();
        // Stays open: the revisions' classes load other classes when they run.
        return urls.isEmpty() ? parent : new URLClassLoader(urls.toArray(URL[]::new), parent);
    }

    RevisionGraph graph() {
        return scripts.graph();
    }

    /** Returns the locations that are directories, and the source directories of class path locations. */
    List<Path> directories() {
        return locations.stream()
                .flatMap(location -> location.startsWith("classpath:")
                        ? Stream.of(Path.of("src/main/resources", location.substring("classpath:".length())))
                        : Stream.of(Path.of(location.replaceFirst("^file:(//)?", ""))))
                .toList();
    }

    /** Returns the file of a revision; empty if it is not found. */
    Optional<Path> fileOf(Revision revision) {
        String source = revision.origin().replace('.', '/') + ".java";
        return Stream.concat(
                        directories().stream().map(directory -> directory.resolve(revision.origin())),
                        Stream.of(Path.of("src/main/java", source)))
                .filter(Files::isRegularFile)
                .findFirst();
    }
}
