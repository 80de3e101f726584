package dev.turnstone.format;

import dev.turnstone.source.RevisionLines;
import dev.turnstone.source.SqlFileSource;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code .conf} file beside a file of Flyway.
 *
 * @param inTransaction whether the file runs in one transaction
 * @param replacesPlaceholders whether placeholders in the file are replaced
 */
record FlywayScriptConfig(boolean inTransaction, boolean replacesPlaceholders) {

    private static final Pattern SETTING =
            Pattern.compile("\\s*(executeInTransaction|placeholderReplacement)\\s*=(.*)");

    /** Reads the configuration of a file. Without one, both settings are true. */
    static FlywayScriptConfig beside(Path directory, String origin) {
        String conf = origin + ".conf";
        boolean inTransaction = true;
        boolean replaces = true;
        if (SqlFileSource.isThere(directory.resolve(conf))) {
            RevisionLines lines = WholeFile.lines(directory, conf);
            for (int i = 0; i < lines.count(); i++) {
                Matcher setting = SETTING.matcher(lines.get(i));
                if (!setting.matches()) {
                    continue;
                }
                boolean value = isTrue(setting, lines, i);
                if (setting.group(1).equals("executeInTransaction")) {
                    inTransaction = value;
                } else {
                    replaces = value;
                }
            }
        }
        return new FlywayScriptConfig(inTransaction, replaces);
    }

    private static boolean isTrue(Matcher setting, RevisionLines lines, int line) {
        String value = setting.group(2).strip();
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new MalformedMigrationFileException(
                        lines.location(line), setting.group(1) + " is true or false, not '" + value + "'.");
        };
    }
}
