package dev.turnstone.source;

import dev.turnstone.dialect.UnterminatedStatementException;
import dev.turnstone.operation.Location;
import dev.turnstone.revision.InvalidRevisionIdException;
import dev.turnstone.revision.Revision;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.source.MalformedRevisionFileException.MalformedHeaderException;
import dev.turnstone.source.MalformedRevisionFileException.MalformedSectionException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The lines of an SQL revision file before its first section. */
final class RevisionFileHeader {

    private record Value(String text, Location location) {}

    private final RevisionLines lines;
    private final int to;
    private final Map<String, Value> values = new HashMap<>();
    private @Nullable Location firstMarker;
    private @Nullable Refusal refusal;
    private @Nullable Location firstSql;

    /**
     * Parses the lines up to {@code to}, but not past the first SQL.
     *
     * @param to the line of the first section, or the number of lines if there is none
     * @throws MalformedHeaderException for a line that is duplicated, empty, or nearly a header line
     */
    RevisionFileHeader(RevisionLines lines, int to) {
        this.lines = lines;
        this.to = to;
        read();
    }

    private void read() {
        int commentFrom = -1;
        for (int line = 0; line < to; line++) {
            String text = lines.get(line).strip();
            if (commentFrom < 0 && text.startsWith("/*")) {
                commentFrom = line;
            }
            if (commentFrom >= 0) {
                int end = text.indexOf("*/", commentFrom == line ? 2 : 0);
                if (end < 0) {
                    continue;
                }
                commentFrom = -1;
                text = text.substring(end + 2).strip();
                if (text.isEmpty() || text.startsWith("--")) {
                    continue;
                }
            }
            if (!text.isEmpty() && !text.startsWith("--")) {
                firstSql = lines.firstWord(line);
                return;
            }
            readLine(line);
        }
        if (commentFrom >= 0 && (firstMarker != null || to < lines.count())) {
            throw new UnterminatedStatementException("comment", lines.firstWord(commentFrom));
        }
    }

    private void readLine(int line) {
        String text = lines.get(line);
        if (!MarkerSyntax.isComment(text)) {
            return;
        }
        Location location = lines.location(line);
        Optional<MarkerSyntax.Entry> entry = MarkerSyntax.headerEntry(text);
        if (entry.isPresent()) {
            put(entry.get().key(), entry.get().value(), location);
            return;
        }
        if (MarkerSyntax.isNoTransaction(text)) {
            put(MarkerSyntax.NO_TRANSACTION, "yes", location);
        }
        MarkerSyntax.refusal(text).ifPresent(found -> refuseDowngrade(Refusal.of(found, location)));
        refuseNearMarker(line);
    }

    private void put(String key, String value, Location location) {
        if (value.isEmpty()) {
            throw MalformedHeaderException.empty(location, key);
        }
        Value first = values.putIfAbsent(key, new Value(value, location));
        if (first != null) {
            throw MalformedHeaderException.twice(location, key, first.location());
        }
        noteMarker(location);
    }

    private void refuseDowngrade(Refusal found) {
        if (refusal != null) {
            throw MalformedSectionException.keepAndIrreversible(found.location(), refusal.location());
        }
        refusal = found;
        noteMarker(found.location());
    }

    private void noteMarker(Location location) {
        if (firstMarker == null) {
            firstMarker = location;
        }
    }

    private void refuseNearMarker(int line) {
        String text = lines.get(line);
        Location location = lines.firstWord(line);
        MarkerSyntax.indentedMarker(text)
                .or(() -> MarkerSyntax.indentedHeaderLine(text))
                .ifPresent(marker -> {
                    throw MalformedSectionException.indented(location, marker);
                });
        String found = MarkerSyntax.comment(text).orElse(text);
        MarkerSyntax.nearHeaderLine(text).ifPresent(meant -> {
            throw MalformedHeaderException.nearly(location, found, meant);
        });
        MarkerSyntax.nearSection(text).or(() -> MarkerSyntax.nearRefusal(text)).ifPresent(meant -> {
            throw MalformedSectionException.nearly(location, found, meant);
        });
    }

    /** Returns whether there is no header line. */
    boolean isEmpty() {
        return firstMarker == null;
    }

    /** Returns the location of the first SQL before the first section, or null. */
    @Nullable
    Location firstSql() {
        return firstSql;
    }

    /** Returns the line that replaces a downgrade section, or null. */
    @Nullable
    Refusal refusal() {
        return refusal;
    }

    /** Returns the location of the file's id, or else the first line that identifies the file as a revision. */
    Location revisionLocation() {
        Value revision = values.get("revision");
        if (revision != null) {
            return revision.location();
        }
        return firstMarker != null ? firstMarker : lines.location(to);
    }

    TransactionMode transaction() {
        return values.containsKey(MarkerSyntax.NO_TRANSACTION) ? TransactionMode.NONE : TransactionMode.PER_REVISION;
    }

    @Nullable
    String rerunExempt() {
        Value value = values.get("rerun-exempt");
        return value == null ? null : value.text();
    }

    @Nullable
    String lossy() {
        Value value = values.get("lossy");
        return value == null ? null : value.text();
    }

    /** Returns the exemptions, by key. */
    Map<String, String> exemptions() {
        Map<String, String> exemptions = new HashMap<>();
        for (String key : MarkerSyntax.EXEMPTION_KEYS) {
            Value value = values.get(key);
            if (value != null) {
                exemptions.put(key, value.text());
            }
        }
        return exemptions;
    }

    /**
     * Returns the revision, after validating the header.
     *
     * @throws MalformedHeaderException if the id is missing, or an id or the date is invalid
     */
    Revision revision() {
        Value id = values.get("revision");
        if (id == null) {
            throw MalformedHeaderException.noRevision(revisionLocation());
        }
        Value message = values.get("message");
        return new Revision(
                id(id.text(), "revision", id.location()),
                parents(),
                list("depends-on"),
                new LinkedHashSet<>(list("labels")),
                message == null ? "" : message.text(),
                created(),
                lines.origin());
    }

    private List<RevisionId> parents() {
        List<RevisionId> parents = new ArrayList<>();
        for (String parent : list("parents")) {
            parents.add(id(parent, "parents", location("parents")));
        }
        return parents;
    }

    private List<String> list(String key) {
        Value value = values.get(key);
        if (value == null) {
            return List.of();
        }
        List<String> elements = new ArrayList<>();
        for (String element : value.text().split(",", -1)) {
            if (element.isBlank()) {
                throw MalformedHeaderException.empty(value.location(), key);
            }
            elements.add(element.strip());
        }
        return elements;
    }

    private @Nullable Instant created() {
        Value value = values.get("created");
        if (value == null) {
            return null;
        }
        Optional<Instant> created = Dates.parse(value.text());
        return created.orElseThrow(() -> MalformedHeaderException.badDate(value.location(), value.text()));
    }

    private Location location(String key) {
        Value value = values.get(key);
        return value == null ? revisionLocation() : value.location();
    }

    private static RevisionId id(String text, String key, Location location) {
        try {
            return RevisionId.of(text);
        } catch (InvalidRevisionIdException e) {
            throw MalformedHeaderException.badId(location, key, e);
        }
    }
}
