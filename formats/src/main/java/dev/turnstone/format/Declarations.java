package dev.turnstone.format;

import dev.turnstone.dialect.Dialects;
import dev.turnstone.operation.SqlText;
import dev.turnstone.source.Downgrade;
import dev.turnstone.source.MarkerSyntax;
import dev.turnstone.source.MigrationScript;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The declarations in the comments of another tool's file, with the keys of Turnstone's header: {@code -- lossy:
 * REASON} and others. A declaration counts above the first statement of a direction, or above its marker. A later
 * comment belongs to a statement, and a line of a string is not a declaration. The first reason for a key counts.
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
                Dialects.names().stream()
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

    /** Returns the reason for a key, or null. */
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
     * Returns how the revision can be reverted. The author's declaration counts if the other tool would run nothing to
     * revert the revision. SQL that the tool would run takes precedence over a comment.
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
