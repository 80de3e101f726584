package dev.turnstone.scenario;

import dev.turnstone.operation.Location;
import dev.turnstone.operation.SqlText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The SQL file that makes the schema of databases from before the first migration.
 *
 * <p>Beside {@code schema.sql} there may be {@code schema.sqlite.sql} or {@code schema.postgresql.sql}, which is read in
 * its place on that dialect.
 */
public final class BaselineFile implements Function<String, SqlText> {

    private static final String CLASSPATH = "classpath:";

    private final String place;
    private final ClassLoader classes;

    private BaselineFile(String place, ClassLoader classes) {
        this.place = place;
        this.classes = classes;
    }

    /**
     * A file that is read when it is needed.
     *
     * @param place a path, or {@code classpath:some/file.sql}
     * @param classes where a class path's file is looked for
     */
    public static BaselineFile at(String place, ClassLoader classes) {
        return new BaselineFile(place, classes);
    }

    /**
     * Reads the file for a dialect.
     *
     * @throws BaselineNotFoundException when there is none
     */
    @Override
    public SqlText apply(String dialect) {
        String special = place.replaceFirst("(\\.sql|\\.csv)?$", "." + dialect + "$1");
        for (String candidate : List.of(special, place)) {
            String text = read(candidate);
            if (text != null) {
                return new SqlText(text, new Location(candidate, 1, 1));
            }
        }
        throw new BaselineNotFoundException(place, special);
    }

    private @Nullable String read(String candidate) {
        try {
            if (!candidate.startsWith(CLASSPATH)) {
                return Files.readString(Path.of(candidate));
            }
            try (InputStream in = classes.getResourceAsStream(candidate.substring(CLASSPATH.length()))) {
                return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw new BaselineNotFoundException(candidate, e);
        }
    }
}
