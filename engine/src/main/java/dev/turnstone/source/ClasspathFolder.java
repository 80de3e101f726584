package dev.turnstone.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * A folder on the class path. Several directories and jars can contain parts of it.
 *
 * @param folder the path, with {@code /} between names and none at the ends
 * @param loader the class loader that finds the folder
 */
record ClasspathFolder(String folder, ClassLoader loader) {

    /** The content of one directory or jar, by path within the folder. */
    record Content(Map<String, byte[]> sql, List<String> classes) {}

    /**
     * Reads all directories and jars in the order of the class path.
     *
     * @throws SourceNotFoundException if no directory and no jar contains the folder
     * @throws UnreadableSourceException if one cannot be read
     */
    List<Content> read() {
        Map<String, Content> contents = new LinkedHashMap<>();
        try {
            for (URL url : Collections.list(loader.getResources(folder + "/"))) {
                contents.putIfAbsent(url.toString(), read(url));
            }
            if (contents.isEmpty()) {
                readJarsWithoutFolderEntries(contents);
            }
        } catch (IOException | UncheckedIOException | URISyntaxException e) {
            throw UnreadableSourceException.unreadable("classpath:" + folder, e);
        }
        if (contents.isEmpty()) {
            throw SourceNotFoundException.notOnClassPath(folder);
        }
        return List.copyOf(contents.values());
    }

    private Content read(URL url) throws IOException, URISyntaxException {
        if (url.getProtocol().equals("file")) {
            return directory(Path.of(url.toURI()));
        }
        URLConnection connection = url.openConnection();
        if (connection instanceof JarURLConnection jar) {
            return jar(jar);
        }
        throw SourceNotFoundException.unlistable(folder, url.toString());
    }

    /**
     * Some build tools write jars in which only files have entries. A class loader does not find a folder in such a
     * jar.
     */
    private void readJarsWithoutFolderEntries(Map<String, Content> contents) throws IOException {
        for (URL url : Collections.list(loader.getResources(JarFile.MANIFEST_NAME))) {
            if (url.openConnection() instanceof JarURLConnection jar) {
                Content content = jar(jar);
                if (!content.sql().isEmpty() || !content.classes().isEmpty()) {
                    contents.putIfAbsent(url.toString(), content);
                }
            }
        }
    }

    private static Content directory(Path directory) throws IOException {
        Map<String, byte[]> sql = new TreeMap<>();
        List<String> classes = new ArrayList<>();
        for (Path file : SqlFileSource.sqlFiles(directory, Integer.MAX_VALUE)) {
            sql.put(directory.relativize(file).toString().replace('\\', '/'), SqlFileSource.bytes(file));
        }
        try (Stream<Path> files = Files.walk(directory, FileVisitOption.FOLLOW_LINKS)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String path = directory.relativize(file).toString().replace('\\', '/');
                if (isClassOfPackage(path)) {
                    classes.add(path);
                }
            }
        }
        return new Content(sql, classes);
    }

    private Content jar(JarURLConnection connection) throws IOException {
        // A cached jar would be shared with its class loader, and stay open on Windows.
        connection.setUseCaches(false);
        Map<String, byte[]> sql = new TreeMap<>();
        List<String> classes = new ArrayList<>();
        try (JarFile jar = connection.getJarFile()) {
            String prefix = folder + "/";
            for (JarEntry entry : Collections.list(jar.entries())) {
                if (entry.isDirectory() || !entry.getName().startsWith(prefix)) {
                    continue;
                }
                String path = entry.getName().substring(prefix.length());
                if (SqlFileSource.isSql(path)) {
                    try (InputStream in = jar.getInputStream(entry)) {
                        sql.put(path, in.readAllBytes());
                    }
                } else if (isClassOfPackage(path)) {
                    classes.add(path);
                }
            }
        }
        Collections.sort(classes);
        return new Content(sql, classes);
    }

    private static boolean isClassOfPackage(String path) {
        return path.endsWith(".class") && !path.contains("/") && !path.contains("-info.");
    }
}
