package dev.turnstone.boundary;

import dev.turnstone.boundary.OutsideChangeRefusedException.Refused;
import dev.turnstone.database.Boundary;
import dev.turnstone.database.TestDatabases;
import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.SqlStatement;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** All statements that a history runs on PostgreSQL, each with its analysis. Immutable and thread-safe. */
public final class AnalysedStatements {

    private static final int MOST_KEPT = 2048;
    private static final int LONGEST_KEY = 2048;

    /** A cache: each database of a run requests the analysis of the same statements. */
    private static final Map<String, StatementAnalysis> KEPT = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, StatementAnalysis> eldest) {
            return size() > MOST_KEPT;
        }
    };

    private final List<Analysed> statements;

    private record Analysed(SqlStatement statement, StatementAnalysis analysis) {}

    private AnalysedStatements(List<Analysed> statements) {
        this.statements = List.copyOf(statements);
    }

    /** Analyses statements. */
    public static AnalysedStatements of(List<SqlStatement> statements) {
        return new AnalysedStatements(statements.stream()
                .map(s -> new Analysed(s, analysis(s.text())))
                .toList());
    }

    private static StatementAnalysis analysis(String sql) {
        String key = sql.length() <= LONGEST_KEY ? sql : digest(sql);
        synchronized (KEPT) {
            StatementAnalysis kept = KEPT.get(key);
            if (kept != null) {
                return kept;
            }
        }
        StatementAnalysis analysis = StatementAnalysis.of(sql);
        synchronized (KEPT) {
            KEPT.put(key, analysis);
        }
        return analysis;
    }

    private static String digest(String sql) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(sql.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns whether the history needs its own database, because it changes or reads objects outside one schema. */
    public boolean reachBeyondSchema() {
        return statements.stream()
                .flatMap(s -> s.analysis.reasons().stream())
                .anyMatch(reason -> reason.reach() != Reach.DYNAMIC);
    }

    /** Returns whether a statement is known to change what all databases of a server share. */
    public boolean changeCluster() {
        return statements.stream().anyMatch(s -> s.analysis.reaches(Reach.CLUSTER));
    }

    /** Returns the names of the roles that the statements create. */
    public Set<String> createdRoles() {
        Set<String> roles = new TreeSet<>();
        statements.forEach(s -> roles.addAll(s.analysis.createdRoles()));
        return roles;
    }

    /**
     * Checks that all statements may run on the server of a run. Connects to the server only if at least one statement
     * is not known to stay inside its schema.
     *
     * @param dialect the dialect of the run
     * @param databases the databases of the run, which know the server
     * @throws OutsideChangeRefusedException if a statement may not run
     */
    public void requireAllowed(Dialect dialect, TestDatabases databases) {
        boolean mayBeRefused = statements.stream()
                .anyMatch(s -> databases.isServerNamed() ? !s.analysis.isInside() : s.analysis.reaches(Reach.HOST));
        if (databases.areClusterChangesAllowed() || !mayBeRefused) {
            return;
        }
        Boundary boundary = databases.boundary(dialect);
        List<Refused> refused = new ArrayList<>();
        for (Analysed each : statements) {
            List<Reason> reasons = each.analysis.reasons().stream()
                    .filter(reason -> isRefused(reason.reach(), boundary))
                    .toList();
            if (!reasons.isEmpty()) {
                refused.add(new Refused(each.statement, reasons));
            }
        }
        if (!refused.isEmpty()) {
            throw new OutsideChangeRefusedException(databases.server(dialect), boundary, refused);
        }
    }

    private static boolean isRefused(Reach reach, Boundary boundary) {
        return switch (boundary) {
            case FILE, CONTAINER -> false;
            case OWN_SERVER -> reach == Reach.HOST;
            case OWN_ROLE -> reach == Reach.CLUSTER || reach == Reach.HOST;
            case OWN_DATABASE -> reach == Reach.CLUSTER || reach == Reach.HOST || reach == Reach.UNPROVEN;
            case SCHEMA_ONLY -> true;
        };
    }
}
