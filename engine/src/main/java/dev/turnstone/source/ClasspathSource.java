package dev.turnstone.source;

import dev.turnstone.operation.Migration;
import dev.turnstone.operation.RevisionHeader;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The revisions of a folder on the class path: SQL revision files in it and in the folders below, and annotated classes
 * in the package of that name (not below it).
 *
 * <p>Several directories and jars can hold the folder; all are read. A file's origin is its path within the folder.
 */
public final class ClasspathSource implements RevisionSource {

    private final ClasspathFolder folder;
    private final FileNameTemplate names;

    private ClasspathSource(ClasspathFolder folder, FileNameTemplate names) {
        this.folder = folder;
        this.names = names;
    }

    /**
     * The revisions of a folder, whose files are named as {@link FileNameTemplate#DEFAULT} says.
     *
     * @param folder for example {@code db/migrations}; slashes at its ends do not count
     * @param loader where to look
     * @throws SourceNotFoundException when {@code folder} is empty: the whole class path is no place for revisions
     */
    public static ClasspathSource of(String folder, ClassLoader loader) {
        String path = folder.replaceAll("^/+|/+$", "");
        if (path.isBlank()) {
            throw SourceNotFoundException.noPlace("classpath:" + folder);
        }
        return new ClasspathSource(new ClasspathFolder(path, loader), FileNameTemplate.DEFAULT);
    }

    /** The same folder, with files named in another way. */
    public ClasspathSource withFileNames(FileNameTemplate template) {
        return new ClasspathSource(folder, template);
    }

    /**
     * {@inheritDoc} Classes are loaded without being initialised; only revisions are.
     *
     * @return the files by path, directory by directory, then the classes by name
     * @throws SourceNotFoundException when the class path has no such folder, or one whose files cannot be listed
     * @throws UnreadableSourceException when a file cannot be read or is not UTF-8
     * @throws InvalidRevisionClassException when a class is nearly a revision
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

    /** Whether a class is a revision or must have been meant to be one; an abstract class may be the base of some. */
    private static boolean isRevision(Class<?> type) {
        if (type.isAnnotationPresent(RevisionHeader.class)) {
            return true;
        }
        boolean named = !type.isAnonymousClass() && !type.isLocalClass() && !type.isSynthetic();
        return named && Migration.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers());
    }
}
