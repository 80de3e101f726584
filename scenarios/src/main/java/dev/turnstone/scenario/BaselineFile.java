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
 * A SQL file that creates the schema of databases from before the first migration.
 *
 * <p>If a variant for the dialect exists, such as {@code schema.sqlite.sql} or {@code schema.postgresql.sql} beside
 * {@code schema.sql}, the variant is read on that dialect instead.
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
     * Returns a file that is read on demand.
     *
     * @param place a path, or {@code classpath:some/file.sql}
     * @param classes loads a file of the class path
     */
    public static BaselineFile at(String place, ClassLoader classes) {
        return new BaselineFile(place, classes);
    }

    /**
     * Reads the file for a dialect.
     *
     * @param dialect the dialect's name
     * @return the text of the dialect's variant if it exists, otherwise that of the file itself
     * @throws BaselineNotFoundException if neither file exists, or one cannot be read
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
