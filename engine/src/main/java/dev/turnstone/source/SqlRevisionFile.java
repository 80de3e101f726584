package dev.turnstone.source;

import dev.turnstone.operation.Location;
import dev.turnstone.revision.Direction;
import dev.turnstone.revision.Revision;
import dev.turnstone.source.MalformedRevisionFileException.MalformedSectionException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parses an SQL revision file, independent of its source.
 *
 * <p>A line that begins a section does so even inside a quote or a comment, so that an unclosed quote cannot hide the
 * downgrade. Every other marker counts only outside quotes and comments.
 */
public final class SqlRevisionFile {

    private static final Logger LOG = LoggerFactory.getLogger(SqlRevisionFile.class);

    private record SectionLine(int line, MarkerSyntax.SectionStart start) {}

    private final RevisionLines lines;
    private final List<SectionLine> sectionLines = new ArrayList<>();
    private final Map<String, List<Block>> upgrades = new HashMap<>();
    private final Map<String, List<Block>> downgrades = new HashMap<>();
    private final Map<String, Location> sectionLocations = new HashMap<>();
    private @Nullable Location firstDowngrade;

    private SqlRevisionFile(RevisionLines lines) {
        this.lines = lines;
        for (int line = 0; line < lines.count(); line++) {
            int number = line;
            MarkerSyntax.section(lines.get(line)).ifPresent(start -> sectionLines.add(new SectionLine(number, start)));
        }
    }

    /**
     * Parses a file.
     *
     * @param origin the file's path within its source, with {@code /}
     * @param bytes its content, in UTF-8
     * @param names the template for the names of revision files
     * @return empty for a file without any revision marker or nearly one
     * @throws dev.turnstone.error.TurnstoneException if the file is invalid
     */
    public static Optional<MigrationScript> parse(String origin, byte[] bytes, FileNameTemplate names) {
        return new SqlRevisionFile(RevisionLines.of(origin, Utf8Text.decode(origin, bytes))).parse(names);
    }

    private Optional<MigrationScript> parse(FileNameTemplate names) {
        int headerEnd =
                sectionLines.isEmpty() ? lines.count() : sectionLines.get(0).line();
        RevisionFileHeader header = new RevisionFileHeader(lines, headerEnd);
        boolean hasSection =
                sectionLines.stream().anyMatch(section -> section.start().isOneWordAtMost());
        if (header.isEmpty() && !hasSection) {
            LOG.debug("{} is not a revision: it has no header and no section.", lines.origin());
            return Optional.empty();
        }
        Revision revision = header.revision();
        Location firstSql = header.firstSql();
        if (firstSql != null) {
            throw MalformedSectionException.sqlBeforeFirst(firstSql);
        }
        names.check(revision, header.revisionLocation());
        SqlMigration migration = readSections(header);
        return Optional.of(new MigrationScript(
                        revision,
                        migration,
                        migration::downgradeOn,
                        header.transaction(),
                        header.rerunExempt(),
                        Format.TURNSTONE)
                .thatIsLossy(header.lossy())
                .withExemptions(header.exemptions())
                .withChecksum(Checksum.of(lines.all().stream())));
    }

    private SqlMigration readSections(RevisionFileHeader header) {
        Refusal refusal = header.refusal();
        for (int i = 0; i < sectionLines.size(); i++) {
            int end = i + 1 < sectionLines.size() ? sectionLines.get(i + 1).line() : lines.count();
            Refusal found = readSection(sectionLines.get(i), end);
            if (refusal != null && found != null) {
                throw MalformedSectionException.keepAndIrreversible(found.location(), refusal.location());
            }
            refusal = refusal == null ? found : refusal;
        }
        if (upgrades.isEmpty()) {
            throw MalformedSectionException.noUpgrade(header.revisionLocation());
        }
        if (refusal != null && firstDowngrade != null) {
            throw MalformedSectionException.downgradeAndRefusal(refusal.location(), refusal.key(), firstDowngrade);
        }
        return new SqlMigration(lines.origin(), upgrades, downgrades, refusal);
    }

    private @Nullable Refusal readSection(SectionLine sectionLine, int end) {
        MarkerSyntax.SectionStart start = sectionLine.start();
        Location location = lines.location(sectionLine.line());
        if (!start.isWellFormed()) {
            throw MalformedSectionException.unknownDialect(location, start.word(), start.rest());
        }
        String name = (start.word() + " " + start.rest()).strip();
        Location first = sectionLocations.putIfAbsent(name, location);
        if (first != null) {
            throw MalformedSectionException.twice(location, name, first);
        }
        if (start.direction() == Direction.DOWNGRADE && firstDowngrade == null) {
            firstDowngrade = location;
        }
        SectionParser.Section section = new SectionParser(lines, sectionLine.line() + 1, end, start.rest()).parse();
        (start.direction() == Direction.UPGRADE ? upgrades : downgrades).put(start.rest(), section.blocks());
        return section.refusal();
    }
}
