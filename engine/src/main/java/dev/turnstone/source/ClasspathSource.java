package dev.turnstone.source;

import dev.turnstone.operation.Migration;
import dev.turnstone.operation.RevisionHeader;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A source for the revisions of a folder on the class path: SQL revision files in the folder and its subfolders, and
 * annotated classes in the package of that name, without subpackages. Immutable and thread-safe.
 *
 * <p>If several directories and jars contain the folder, all of them are read. A file's origin is its path within the
 * folder.
 */
public final class ClasspathSource implements RevisionSource {

    private final ClasspathFolder folder;
    private final FileNameTemplate names;

    private ClasspathSource(ClasspathFolder folder, FileNameTemplate names) {
        this.folder = folder;
        this.names = names;
    }

    /**
     * Creates a source whose files are named by {@link FileNameTemplate#DEFAULT}.
     *
     * @param folder for example {@code db/migrations}; slashes at its ends are ignored
     * @param loader the class loader that finds the folder
     * @throws SourceNotFoundException if {@code folder} is empty: the whole class path is not a valid source
     */
    public static ClasspathSource of(String folder, ClassLoader loader) {
        String path = folder.replaceAll("^/+|/+$", "");
        if (path.isBlank()) {
            throw SourceNotFoundException.noPlace("classpath:" + folder);
        }
        return new ClasspathSource(new ClasspathFolder(path, loader), FileNameTemplate.DEFAULT);
    }

    /** Returns a source for the same folder with another template for file names. */
    public ClasspathSource withFileNames(FileNameTemplate template) {
        return new ClasspathSource(folder, template);
    }

    /**
     * {@inheritDoc} Classes are loaded without being initialised; only revisions are initialised.
     *
     * @return the files by path, directory by directory, then the classes by name
     * @throws SourceNotFoundException if the class path has no such folder, or one whose files cannot be listed
     * @throws UnreadableSourceException if a file cannot be read or is not UTF-8
     * @throws InvalidRevisionClassException if a class has only a part of what a revision requires
     */
    @Override
    public List<MigrationScript> load() {
        List<MigrationScript> scripts = new ArrayList<>();
        Set<String> classFiles = new LinkedHashSet<>();
        for (ClasspathFolder.Content content : folder.read()) {
            content.sql().forEach((path, bytes) -> SqlRevisionFile.parse(path, bytes, names)
                    .ifPresent(scripts::add));
            classFiles.addAll(content.classes());
        }
        for (String classFile : classFiles) {
            Class<?> type = load(classFile);
            if (isRevision(type)) {
                scripts.add(RevisionClass.script(type));
            }
        }
        return List.copyOf(scripts);
    }

    @Override
    public String describe() {
        return "classpath:" + folder.folder();
    }

    private Class<?> load(String classFile) {
        String simpleName = classFile.substring(0, classFile.length() - ".class".length());
        String name = folder.folder().replace('/', '.') + "." + simpleName;
        try {
            return Class.forName(name, false, folder.loader());
        } catch (ClassNotFoundException | LinkageError e) {
            throw InvalidRevisionClassException.notLoadable(name, e);
        }
    }

    /**
     * Returns whether a class is a revision, or was probably intended to be one. An abstract class may be the base
     * class of revisions.
     */
    private static boolean isRevision(Class<?> type) {
        if (type.isAnnotationPresent(RevisionHeader.class)) {
            return true;
        }
        boolean named = !type.isAnonymousClass() && !type.isLocalClass() && !type.isSynthetic();
        return named && Migration.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers());
    }
}
