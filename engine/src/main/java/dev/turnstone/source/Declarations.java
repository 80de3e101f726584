package dev.turnstone.source;

import dev.turnstone.operation.SqlText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What comments in another tool's file say of a revision, in the words of our own header: {@code -- lossy: REASON} and
 * others of its kind. They stand above the first statement of a direction, or above its marker; further down a comment is
 * about a statement, and a line of a text is none. The first reason counts.
 */
final class Declarations {

    private final Map<String, String> reasons = new LinkedHashMap<>();

    private Declarations(Stream<String> comments) {
        comments.flatMap(line -> MarkerSyntax.declaration(line).stream())
                .forEach(entry -> reasons.putIfAbsent(entry.key(), entry.value()));
    }

    static Declarations of(FoundRevision revision) {
        return new Declarations(Stream.concat(
                revision.preface().stream(),
                MarkerSyntax.DIALECTS.stream()
                        .flatMap(dialect -> Stream.concat(
                                first(revision.up(), dialect),
                                revision.down() == null ? Stream.empty() : first(revision.down(), dialect)))
                        .flatMap(Declarations::leadingComments)));
    }

    private static Stream<SqlText> first(Body body, String dialect) {
        return body.sql().on(dialect).stream().limit(1);
    }

    private static Stream<String> leadingComments(SqlText text) {
        return text.text()
                .lines()
                .takeWhile(line -> line.isBlank() || line.strip().startsWith("--"));
    }

    /** The reason that stands behind a key, or null. */
    @Nullable
    String reason(String key) {
        return reasons.get(key);
    }

    /** See {@link MigrationScript#exemptions()}. */
    Map<String, String> exemptions() {
        Map<String, String> exemptions = new LinkedHashMap<>(reasons);
        exemptions.keySet().retainAll(MarkerSyntax.EXEMPTION_KEYS);
        return exemptions;
    }

    /**
     * How the revision can be taken back: as its author says where the other tool would run nothing to take it back. What
     * it would run counts more than a comment.
     */
    Downgrade.ByDialect over(FoundRevision revision) {
        String keep = reason("keep");
        String irreversible = reason("irreversible");
        if (keep == null && irreversible == null) {
            return revision.downgrades();
        }
        Downgrade declared = irreversible != null
                ? new Downgrade.Irreversible(irreversible)
                : new Downgrade.Keep(Objects.requireNonNull(keep));
        return dialect -> {
            boolean hasNothing = revision.up().hasStatements(dialect)
                    && (revision.down() == null || !revision.down().hasStatements(dialect));
            Downgrade found = revision.downgrades().on(dialect);
            return hasNothing && !(found instanceof Downgrade.Keep) ? declared : found;
        };
    }
}
