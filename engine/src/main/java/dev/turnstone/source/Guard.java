package dev.turnstone.source;

import dev.turnstone.dialect.Dialects;
import dev.turnstone.operation.Location;
import dev.turnstone.operation.Operations;
import dev.turnstone.source.MalformedRevisionFileException.MalformedGuardException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The object that {@code -- unless} or {@code -- if} checks. */
sealed interface Guard {

    /** Returns whether the object exists. */
    boolean exists(Operations op);

    /** Returns whether the object exists and is usable, so that it need not be created. */
    default boolean isUsable(Operations op) {
        return exists(op);
    }

    record TableThere(Name table) implements Guard {
        @Override
        public boolean exists(Operations op) {
            return op.hasTable(table.on(op.dialect()));
        }
    }

    record ColumnThere(Name table, Name column) implements Guard {
        @Override
        public boolean exists(Operations op) {
            String wanted = column.on(op.dialect());
            boolean ignoringCase = Dialects.named(op.dialect()).ignoresCaseOfNames();
            return op.columns(table.on(op.dialect())).stream()
                    .anyMatch(found -> ignoringCase ? found.equalsIgnoreCase(wanted) : found.equals(wanted));
        }
    }

    record IndexThere(Name index) implements Guard {
        @Override
        public boolean exists(Operations op) {
            return op.hasIndex(index.on(op.dialect()));
        }

        @Override
        public boolean isUsable(Operations op) {
            return op.hasValidIndex(index.on(op.dialect()));
        }
    }

    /** A name as written. PostgreSQL folds a name without quotes to lower case. */
    record Name(String value, boolean quoted) {

        static Name of(String written) {
            return written.startsWith("\"")
                    ? new Name(written.substring(1, written.length() - 1).replace("\"\"", "\""), true)
                    : new Name(written, false);
        }

        String on(String dialect) {
            return quoted || !Dialects.named(dialect).foldsUnquotedNames() ? value : value.toLowerCase(Locale.ROOT);
        }
    }

    Set<String> OBJECTS = Set.of("table", "column", "index");

    /** One or two names with a dot between; a name is in double quotes, or letters, digits, {@code _} and {@code $}. */
    Pattern NAMES = Pattern.compile(
            "(\"(?:[^\"]|\"\")++\"|[\\w$]+)(?:\\.(\"(?:[^\"]|\"\")++\"|[\\w$]+))?", Pattern.UNICODE_CHARACTER_CLASS);

    /** Returns whether the text after {@code -- unless} has the form of a guard, exactly or nearly. */
    static boolean isObjectAndName(String text) {
        String[] words = text.split("\\s+", 2);
        return words.length == 2
                && OBJECTS.contains(words[0])
                && NAMES.matcher(words[1]).matches();
    }

    /**
     * Parses the text after {@code -- unless}.
     *
     * @throws MalformedGuardException if it is not {@code table T}, {@code column T.C} or {@code index I}
     */
    static Guard parse(String text, Location location) {
        String[] words = text.split("\\s+", 2);
        String object = words[0];
        String written = words.length == 2 ? words[1] : "";
        if (!OBJECTS.contains(object)) {
            throw MalformedGuardException.unknownObject(location, text);
        }
        if (written.isEmpty()) {
            throw MalformedGuardException.noName(location, object);
        }
        Matcher names = NAMES.matcher(written);
        if (!names.matches()) {
            throw MalformedGuardException.badName(location, object, written);
        }
        boolean two = names.group(2) != null;
        if (object.equals("column")) {
            if (!two) {
                throw MalformedGuardException.columnWithoutTable(location, written);
            }
            return new ColumnThere(Name.of(names.group(1)), Name.of(names.group(2)));
        }
        if (two) {
            throw MalformedGuardException.badName(location, object, written);
        }
        Name name = Name.of(names.group(1));
        return object.equals("table") ? new TableThere(name) : new IndexThere(name);
    }
}
