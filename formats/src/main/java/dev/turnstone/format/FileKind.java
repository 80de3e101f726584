package dev.turnstone.format;

import dev.turnstone.source.SqlFileSource;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The kind of a migration file, judged without its neighbours. */
enum FileKind {
    TURNSTONE,
    DBMATE,
    GOOSE,
    SQL_MIGRATE,
    LIQUIBASE,
    FLYWAY,
    /** {@code up.sql} or {@code down.sql} in a folder that is named as a revision. */
    FOLDER,
    /** A pair that golang-migrate and sqlx accept, without a part that they would ignore. */
    PLAIN_PAIR,
    /** Any other pair. */
    PAIR,
    /** A number and a name. */
    NUMBERED;

    private static final Pattern PLAIN = Pattern.compile("^[0-9]+_.*\\.(up|down)\\.sql");
    private static final Pattern DOTTED = Pattern.compile("(?i)\\.(up|down|do|undo)\\.");
    private static final Pattern FLYWAY_NAME = Pattern.compile("^(?:[VUB][0-9][0-9._]*__.*\\.sql|R__.*\\.sql)");
    private static final Pattern NUMBER = Pattern.compile("^[0-9]+_.*\\.sql");

    /** The line that only files of one kind contain. */
    private static final Map<FileKind, Pattern> SIGNATURES = new LinkedHashMap<>();

    static {
        SIGNATURES.put(LIQUIBASE, LiquibaseSource.HEADER);
        SIGNATURES.put(TURNSTONE, Pattern.compile("(?m)^-- revision:"));
        SIGNATURES.put(DBMATE, Pattern.compile("(?m)^--\\s*migrate:(up|down)"));
        SIGNATURES.put(GOOSE, Pattern.compile("(?mi)^\\h*+--.*\\+goose\\s+up"));
        SIGNATURES.put(SQL_MIGRATE, Pattern.compile("(?m)^--\\s*\\+migrate (Up|Down)"));
    }

    /** Returns the kind of a file by its name, and by its text if the name is not sufficient. */
    static Optional<FileKind> of(Path file) {
        String name = String.valueOf(file.getFileName());
        if (name.equals("up.sql") || name.equals("down.sql") || inFolder(file)) {
            return inFolder(file) ? Optional.of(FOLDER) : Optional.empty();
        }
        if (FLYWAY_NAME.matcher(name).matches()) {
            return Optional.of(FLYWAY);
        }
        Optional<PairFile> pair = PairFile.named(name);
        if (pair.isPresent() && DOTTED.matcher(name).find()) {
            return Optional.of(PLAIN.matcher(name).matches() && pair.get().isPlain() ? PLAIN_PAIR : PAIR);
        }
        String text = new String(SqlFileSource.bytes(file), java.nio.charset.StandardCharsets.UTF_8);
        return SIGNATURES.entrySet().stream()
                .filter(signature -> signature.getValue().matcher(text).find())
                .map(Map.Entry::getKey)
                .findFirst()
                // A name that ends in _up may be a numbered file with "up" in its title.
                .or(() -> pair.map(plain -> PAIR))
                .or(() -> NUMBER.matcher(name).matches() ? Optional.of(NUMBERED) : Optional.empty());
    }

    private static boolean inFolder(Path file) {
        Path folder = file.getParent();
        return folder != null
                && PairFile.named(folder.getFileName() + "/" + file.getFileName())
                        .isPresent();
    }

    /** Returns whether the tool reads subdirectories of its directory. */
    boolean isRecursive() {
        return this == TURNSTONE || this == FLYWAY || this == LIQUIBASE;
    }
}
