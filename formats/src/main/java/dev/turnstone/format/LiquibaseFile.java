package dev.turnstone.format;

import dev.turnstone.operation.Location;
import dev.turnstone.source.RevisionLines;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses one formatted SQL file of Liquibase. */
final class LiquibaseFile {

    private static final Pattern CHANGESET = line("changeset\\s++(\"[^\"]+\"|[^:\"]++):\\s*(\"[^\"]+\"|[^\\s\"]+)(.*)");
    private static final Pattern NEARLY_CHANGESET = line("changeset\\b.*");
    private static final Pattern ROLLBACK = line("rollback(?:\\s+(.*))?");
    private static final Pattern LOST_ROLLBACK = line("rollback\\s*:.*");
    private static final Pattern BLOCK = Pattern.compile("(?i)\\s*/\\*\\s*liquibase\\s+rollback\\s*");
    private static final Pattern PROPERTY = line("property\\s+(.*)");
    private static final Pattern IGNORE = line("ignoreLines:(start|end|[0-9]+).*");
    private static final Pattern PRECONDITIONS = line("preconditions\\b(.*)");
    private static final Pattern PRECONDITION = line("precondition-([\\w-]+)(.*)");
    private static final Pattern DIRECTIVE =
            line("(comment|validCheckSum|tableIsEmpty|liquibase\\s+formatted\\s+sql)\\b.*");

    private final RevisionLines lines;
    private final LiquibaseHistory history;
    private @Nullable LiquibaseChangeset current;

    LiquibaseFile(RevisionLines lines, LiquibaseHistory history) {
        this.lines = lines;
        this.history = history;
    }

    private static Pattern line(String directive) {
        return Pattern.compile("(?i)\\s*--\\s*" + directive);
    }

    void read() {
        int i = 0;
        while (i < lines.count()) {
            i = readLine(i);
        }
    }

    /** Parses a line and the lines that belong to it, and returns the index of the next line. */
    private int readLine(int i) {
        String line = lines.get(i);
        Matcher ignore = IGNORE.matcher(line);
        if (ignore.matches()) {
            return behindIgnored(i, ignore.group(1));
        }
        if (BLOCK.matcher(line).matches()) {
            return readRollbackBlock(i);
        }
        Location location = lines.location(i);
        Matcher changeset = CHANGESET.matcher(line);
        Matcher property = PROPERTY.matcher(line);
        if (changeset.matches()) {
            LiquibaseChangeset begun = new LiquibaseChangeset(
                    unquoted(changeset.group(1)), unquoted(changeset.group(2)), changeset.group(3), location);
            current = begun;
            history.add(begun);
        } else if (NEARLY_CHANGESET.matcher(line).matches()) {
            throw new MalformedMigrationFileException(
                    location, "'" + line.strip() + "' names no changeset. Write '--changeset author:id'.");
        } else if (property.matches()) {
            define(property.group(1), location);
        } else if (!DIRECTIVE.matcher(line).matches()) {
            readInChangeset(i, line, location);
        }
        return i + 1;
    }

    private void readInChangeset(int i, String line, Location location) {
        LiquibaseChangeset changeset = current;
        if (changeset == null) {
            if (lines.hasSql(i)) {
                throw new MalformedMigrationFileException(
                        location, "There is SQL before the first '--changeset author:id'. Put such a line above it.");
            }
            return;
        }
        Matcher rollback = ROLLBACK.matcher(line);
        Matcher preconditions = PRECONDITIONS.matcher(line);
        Matcher precondition = PRECONDITION.matcher(line);
        if (LOST_ROLLBACK.matcher(line).matches()) {
            changeset.loseRollback(location, line.strip());
        } else if (rollback.matches()) {
            changeset.addRollback(rollback.group(1) == null ? "" : rollback.group(1), location);
        } else if (preconditions.matches()) {
            changeset.preconditions().begin(preconditions.group(1), location);
        } else if (precondition.matches()) {
            changeset.preconditions().add(precondition.group(1), precondition.group(2), location);
        } else {
            changeset.addSql(line, location);
        }
    }

    private void define(String attributes, Location location) {
        LiquibaseAttributes given = LiquibaseAttributes.parse(attributes);
        String name = given.get("name");
        String value = given.get("value");
        if (name == null || value == null) {
            throw new MalformedMigrationFileException(
                    location, "A property needs a name and a value. Write '--property name:NAME value:VALUE'.");
        }
        history.define(name, value);
    }

    private int behindIgnored(int from, String what) {
        if (!what.equalsIgnoreCase("start")) {
            return what.equalsIgnoreCase("end") ? from + 1 : from + 1 + Integer.parseInt(what);
        }
        for (int i = from + 1; i < lines.count(); i++) {
            Matcher end = IGNORE.matcher(lines.get(i));
            if (end.matches() && end.group(1).equalsIgnoreCase("end")) {
                return i + 1;
            }
        }
        throw new MalformedMigrationFileException(
                lines.location(from),
                "The ignored lines that begin here do not end. Put '--ignoreLines:end' after them.");
    }

    private int readRollbackBlock(int from) {
        LiquibaseChangeset changeset = current;
        for (int i = from + 1; i < lines.count(); i++) {
            if (lines.get(i).strip().endsWith("*/")) {
                String last = lines.get(i).strip();
                if (changeset != null) {
                    changeset.addRollback(last.substring(0, last.length() - 2), lines.location(i));
                }
                return i + 1;
            }
            if (changeset != null) {
                changeset.addRollback(lines.get(i), lines.location(i));
            }
        }
        throw new MalformedMigrationFileException(
                lines.location(from), "The rollback that begins here does not end. Put '*/' after it.");
    }

    private static String unquoted(String name) {
        return name.startsWith("\"") ? name.substring(1, name.length() - 1) : name;
    }
}
