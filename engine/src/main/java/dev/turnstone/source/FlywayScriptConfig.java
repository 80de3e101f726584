package dev.turnstone.source;

import java.nio.file.Files;
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
            Pattern.compile("\\s*(executeInTransaction|placeholderReplacement)\\s*=\\s*(.*?)\\s*");

    /** Reads the configuration of a file. Without one, both settings are true. */
    static FlywayScriptConfig beside(Path directory, String origin) {
        String conf = origin + ".conf";
        boolean inTransaction = true;
        boolean replaces = true;
        if (Files.isRegularFile(directory.resolve(conf))) {
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
        return switch (setting.group(2)) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new MalformedMigrationFileException(
                        lines.location(line),
                        setting.group(1) + " must be true or false, but is '" + setting.group(2) + "'.");
        };
    }
}
