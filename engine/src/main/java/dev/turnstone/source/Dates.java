package dev.turnstone.source;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;

/** Parses the creation date in a revision's header. */
final class Dates {

    private Dates() {}

    /** Parses a date (its first moment), a date with a time, or either with an offset. Without an offset it is UTC. */
    static Optional<Instant> parse(String value) {
        try {
            if (!value.contains("T")) {
                return Optional.of(LocalDate.parse(value).atStartOfDay().toInstant(ZoneOffset.UTC));
            }
            TemporalAccessor moment =
                    DateTimeFormatter.ISO_DATE_TIME.parseBest(value, OffsetDateTime::from, LocalDateTime::from);
            return Optional.of(
                    moment instanceof OffsetDateTime offset
                            ? offset.toInstant()
                            : ((LocalDateTime) moment).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    static String refusal(String value) {
        return "'" + value + "' is not an ISO-8601 date. Write 2024-05-31, 2024-05-31T14:30 (UTC) or "
                + "2024-05-31T14:30+02:00.";
    }
}
