package dev.turnstone.scenario;

import dev.turnstone.format.GolangMigrateSource;
import dev.turnstone.source.Format;
import dev.turnstone.source.Scripts;
import dev.turnstone.source.SqlFileSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A small history as text, that can be written down in every format.
 *
 * <pre>
 * # 1 up
 * CREATE TABLE readers (id integer PRIMARY KEY);
 * # 1 down
 * DROP TABLE readers;
 * # 2 up
 * …
 * # 2 keep
 * the column is harmless
 * </pre>
 *
 * <p>Revision 1 is called {@code 000001}. A part is {@code up}, {@code down}, {@code keep}, {@code irreversible}, {@code
 * exempt}, {@code header} or {@code parents}; the last five are in our own format only.
 */
public record History(Map<String, String> parts) {

    /** The scenarios that compare schemas and nothing else. */
    static final List<Scenario> OF_SCHEMA = Scenario.all().stream()
            .filter(scenario -> List.of("fresh-install", "stamp-then-noop", "up-down-up", "idempotent-rerun")
                    .contains(scenario.name()))
            .toList();

    private static final Pattern PART = Pattern.compile("(?m)^# (\\d) (\\w+(?: \\w+)?)$");

    public static History of(String text) {
        Map<String, String> parts = new LinkedHashMap<>();
        Matcher matcher = PART.matcher(text);
        String open = null;
        int from = 0;
        while (matcher.find()) {
            if (open != null) {
                parts.put(open, text.substring(from, matcher.start()).strip());
            }
            open = matcher.group(1) + " " + matcher.group(2);
            from = matcher.end();
        }
        if (open == null) {
            throw new IllegalArgumentException("No part in:\n" + text);
        }
        parts.put(open, text.substring(from).strip());
        return new History(parts);
    }

    /** This history with some of its parts replaced, or added. */
    public History with(String changes) {
        Map<String, String> changed = new LinkedHashMap<>(parts);
        changed.putAll(of(changes).parts);
        return new History(changed);
    }

    /** This history with the parts of another. */
    public History with(History other) {
        Map<String, String> changed = new LinkedHashMap<>(parts);
        changed.putAll(other.parts);
        return new History(changed);
    }

    /** This history without one of its parts. */
    History without(String part) {
        Map<String, String> changed = new LinkedHashMap<>(parts);
        if (changed.remove(part) == null) {
            throw new IllegalArgumentException("There is no " + part);
        }
        return new History(changed);
    }

    /** This history as one of its dialects has it: {@code # 1 up sqlite} stands for {@code # 1 up}. */
    History on(String dialect) {
        Map<String, String> on = new LinkedHashMap<>();
        parts.forEach((part, text) -> {
            if (!part.matches("\\d (?:up|down) \\w+")) {
                on.put(part, text);
            } else if (part.endsWith(" " + dialect)) {
                on.put(part.substring(0, part.lastIndexOf(' ')), text);
            }
        });
        return new History(on);
    }

    /** Writes the files into a directory and loads them. */
    public Scripts load(Format format, Path directory) {
        try {
            Files.createDirectories(directory);
            for (char number : numbers()) {
                if (format == Format.GOLANG_MIGRATE) {
                    writePair(number, directory);
                } else {
                    Files.writeString(
                            directory.resolve("20240101_000" + number + "_00000" + number + "_step.sql"), own(number));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Scripts.load(List.of(
                format == Format.GOLANG_MIGRATE ? GolangMigrateSource.of(directory) : SqlFileSource.of(directory)));
    }

    private SortedSet<Character> numbers() {
        SortedSet<Character> numbers = new TreeSet<>();
        parts.keySet().forEach(part -> numbers.add(part.charAt(0)));
        return numbers;
    }

    private void writePair(char number, Path directory) throws IOException {
        for (String direction : List.of("up", "down")) {
            String sql = parts.get(number + " " + direction);
            if (sql != null) {
                Files.writeString(directory.resolve("00000" + number + "_step." + direction + ".sql"), sql + "\n");
            }
        }
    }

    private String own(char number) {
        StringBuilder file = new StringBuilder("-- revision: 00000" + number + "\n");
        String parents = parts.getOrDefault(
                number + " parents", number == numbers().first() ? "" : "00000" + (char) (number - 1));
        if (!parents.isEmpty()) {
            file.append("-- parents: ").append(parents).append('\n');
        }
        parts.forEach((part, text) -> {
            String name = part.substring(2);
            if (part.charAt(0) != number || name.equals("parents")) {
                return;
            }
            if (name.equals("exempt")) {
                file.append("-- rerun-exempt: ").append(text).append('\n');
            } else if (name.equals("header")) {
                file.append(text).append('\n');
            } else if (name.equals("keep") || name.equals("irreversible")) {
                file.append("-- ").append(name).append(": ").append(text).append('\n');
            } else {
                file.append("-- ")
                        .append(name.replace("up", "upgrade").replace("down", "downgrade"))
                        .append('\n')
                        .append(text)
                        .append('\n');
            }
        });
        return file.toString();
    }
}
