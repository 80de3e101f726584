package dev.turnstone.scenario.locks;

import dev.turnstone.scenario.FindingClass;
import dev.turnstone.scenario.locks.LockSample.RelationState;
import dev.turnstone.scenario.locks.LockableRelations.Relation;
import dev.turnstone.scenario.locks.SaferStatement.Work;
import dev.turnstone.scenario.locks.SecondSession.Blocked;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One transaction of a step, statement by statement: the locks that it holds on relations that existed before the step,
 * and the work that it does while it holds them. Not thread-safe.
 */
final class LockedTransaction {

    private static final Pattern OF_ROWS =
            Pattern.compile("^(UPDATE|DELETE|INSERT|MERGE|SELECT|WITH|COPY|VALUES)\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern ALTERS = Pattern.compile("^ALTER\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern TRUNCATES = Pattern.compile("^TRUNCATE\\b", Pattern.CASE_INSENSITIVE);

    private final LockableRelations relations;
    private final Tries tries;
    private final Plans plans;
    private LockSample last;

    /** The locks that make others wait, by the {@code oid} of the table or of its topmost partitioned table. */
    private final Map<Long, Held> held = new LinkedHashMap<>();

    private final Map<LockHazard, Held> hazards = new LinkedHashMap<>();
    private final Set<Long> kept = new HashSet<>();

    /** Tries to read and write a table as other sessions do. */
    interface Tries {
        Blocked on(Relation relation) throws SQLException;
    }

    /** Finds the tables that a statement reads completely although an index would be preferred. */
    interface Plans {
        Set<String> fullyRead(String sql) throws SQLException;
    }

    /** A lock that makes other sessions wait. */
    private record Held(Relation relation, LockMode mode, Blocked blocked, String statement, long since) {}

    /**
     * Creates the record of one transaction.
     *
     * @param relations the relations that existed before the step
     * @param atBegin the sample of the session before the first statement
     * @param tries tests which sessions a lock makes wait
     * @param plans finds the tables that a statement reads completely
     */
    LockedTransaction(LockableRelations relations, LockSample atBegin, Tries tries, Plans plans) {
        this.relations = relations;
        this.last = atBegin;
        this.tries = tries;
        this.plans = plans;
    }

    /**
     * Records a statement that has run.
     *
     * @param sql the statement as it was sent
     * @param begun the time at which it was sent, in nanoseconds of the clock of the observer
     * @param now the sample of the session after it
     * @throws SQLException if a query of the second session or on the tool's connection fails
     */
    void ran(String sql, long begun, LockSample now) throws SQLException {
        String statement = SaferStatement.onOneLine(sql);
        Set<Long> fresh = takeUp(statement, begun, now);
        Map<Long, Work> worked = worked(sql, statement, now);
        worked.forEach((target, work) -> {
            Held lock = held.get(target);
            if (lock != null) {
                add(lock, statement, work);
            }
        });
        noteKept(statement, fresh, worked);
        for (long target : fresh) {
            if (!worked.containsKey(target) && !now.hasLockTimeout()) {
                Held lock = Objects.requireNonNull(held.get(target));
                hazard(
                        byWhomItBlocks(lock),
                        lock,
                        "waits for " + lock.mode()
                                + " without limit (lock_timeout is 0); as long as it waits and until the transaction"
                                + " ends, " + lock.blocked() + " wait",
                        SaferStatement.insteadOf(statement, Work.BRIEF));
            }
        }
        last = now;
    }

    private Set<Long> takeUp(String statement, long begun, LockSample now) throws SQLException {
        // A rollback to a savepoint may have released locks.
        held.values().removeIf(lock -> blocking(lock.relation(), now) == null);
        Set<Long> fresh = new LinkedHashSet<>();
        for (Relation relation : relations.tables().values()) {
            LockMode mode = blocking(relation, now);
            if (mode == null) {
                continue;
            }
            long target = blocking(relations.tables().getOrDefault(relation.root(), relation), now) == null
                    ? relation.oid()
                    : relation.root();
            Held before = held.get(target);
            if (before != null && before.mode().compareTo(mode) >= 0) {
                continue;
            }
            Relation named = relations.table(target);
            Blocked blocked = tries.on(named);
            if (blocked.any()) {
                held.put(target, new Held(named, mode, blocked, statement, begun));
                fresh.add(target);
            }
        }
        return fresh;
    }

    /**
     * Returns the mode that makes others wait, or null. A lock on an index makes every session wait that plans a query
     * on its table.
     */
    private @Nullable LockMode blocking(Relation relation, LockSample now) {
        RelationState state = now.of(relation.oid());
        if (state.gone()) {
            return null;
        }
        if (!now.lockedIndexes(relation.oid(), relations).isEmpty()) {
            return LockMode.ACCESS_EXCLUSIVE;
        }
        LockMode mode = state.mode();
        return mode != null && (relation.isMaterializedView() ? mode.blocksReaders() : mode.blocksWriters())
                ? mode
                : null;
    }

    /**
     * Returns the work of the statement whose duration grows with the number of rows, by the {@code oid} of the locked
     * relation or of the table itself.
     */
    private Map<Long, Work> worked(String sql, String statement, LockSample now) throws SQLException {
        Map<Long, Work> worked = new LinkedHashMap<>();
        if (held.isEmpty()) {
            return worked;
        }
        Set<String> fullyRead = null;
        for (Relation relation : relations.tables().values()) {
            Work work = work(relation, statement, now);
            if (work == Work.SCAN && OF_ROWS.matcher(statement).find()) {
                fullyRead = fullyRead == null ? plans.fullyRead(sql) : fullyRead;
                work = fullyRead.contains(relation.id().name()) ? Work.SCAN : Work.BRIEF;
            }
            if (work != Work.BRIEF) {
                long target = held.containsKey(relation.root()) ? relation.root() : relation.oid();
                worked.merge(target, work, (one, other) -> one.compareTo(other) <= 0 ? one : other);
            }
        }
        return worked;
    }

    private Work work(Relation relation, String statement, LockSample now) {
        RelationState before = last.of(relation.oid());
        RelationState after = now.of(relation.oid());
        if (after.gone() || TRUNCATES.matcher(statement).find()) {
            return Work.BRIEF;
        }
        if (before.file() != after.file()) {
            return Work.REWRITE;
        }
        boolean alters = ALTERS.matcher(statement).find();
        if (scans(relation, now, alters) <= scans(relation, last, alters)) {
            return Work.BRIEF;
        }
        return before.indexes().containsAll(after.indexes()) && !isIndexRebuilt(relation, now) ? Work.SCAN : Work.BUILD;
    }

    /**
     * Returns the number of scans of a table, and of its indexes on request. The check of a foreign key can read the
     * whole index of the other table instead of the table.
     */
    private long scans(Relation relation, LockSample sample, boolean withIndexes) {
        long ofTable = sample.of(relation.oid()).scans();
        if (!withIndexes) {
            return ofTable;
        }
        return ofTable
                + relations.indexes().entrySet().stream()
                        .filter(index -> index.getValue().table() == relation.oid())
                        .mapToLong(index -> sample.of(index.getKey()).scans())
                        .sum();
    }

    private boolean isIndexRebuilt(Relation relation, LockSample now) {
        return relations.indexes().entrySet().stream()
                .filter(index -> index.getValue().table() == relation.oid())
                .anyMatch(index -> !now.of(index.getKey()).gone()
                        && now.of(index.getKey()).file()
                                != last.of(index.getKey()).file());
    }

    private void add(Held lock, String statement, Work work) {
        String blocked = lock.blocked() + " wait";
        String since = lock.statement().equals(statement)
                ? ""
                : " that " + SaferStatement.shortened(lock.statement()) + " took before";
        String holds = " under " + lock.mode() + since + "; " + blocked;
        List<String> alternatives = SaferStatement.insteadOf(statement, work);
        switch (work) {
            case REWRITE ->
                hazard(FindingClass.REWRITES_TABLE, lock, statement, "writes it anew" + holds, alternatives);
            case BUILD -> hazard(byWhomItBlocks(lock), lock, statement, "builds an index" + holds, alternatives);
            case SCAN -> hazard(FindingClass.SCANS_TABLE, lock, statement, "reads all of it" + holds, alternatives);
            case BRIEF -> throw new IllegalArgumentException("Nothing was done by " + statement);
        }
    }

    /**
     * Records each lock of an earlier statement that is held while this statement does long work or waits for another
     * lock.
     */
    private void noteKept(String statement, Set<Long> fresh, Map<Long, Work> worked) {
        for (Map.Entry<Long, Held> entry : held.entrySet()) {
            Held lock = entry.getValue();
            if (fresh.contains(entry.getKey()) || kept.contains(entry.getKey())) {
                continue;
            }
            String why = null;
            for (Map.Entry<Long, Work> other : worked.entrySet()) {
                if (!other.getKey().equals(entry.getKey())) {
                    why = words(other.getValue())
                            + relations.table(other.getKey()).id();
                }
            }
            if (why == null && !fresh.isEmpty()) {
                why = "waits for a lock on "
                        + relations.table(fresh.iterator().next()).id()
                        + ", and who takes the two the other way round makes a deadlock";
            }
            if (why != null) {
                kept.add(entry.getKey());
                hazard(
                        byWhomItBlocks(lock),
                        lock,
                        "keeps " + lock.mode() + ", for which " + lock.blocked() + " wait, while "
                                + SaferStatement.shortened(statement) + " " + why,
                        List.of(SaferStatement.SPLIT));
            }
        }
    }

    private static String words(Work work) {
        return switch (work) {
            case REWRITE -> "writes anew ";
            case BUILD -> "builds an index on ";
            case SCAN -> "reads all of ";
            case BRIEF -> "uses ";
        };
    }

    private static FindingClass byWhomItBlocks(Held lock) {
        return lock.blocked().readers() ? FindingClass.BLOCKS_READERS : FindingClass.BLOCKS_WRITERS;
    }

    private void hazard(FindingClass findingClass, Held lock, String observed, List<String> alternatives) {
        hazard(findingClass, lock, lock.statement(), observed, alternatives);
    }

    private void hazard(
            FindingClass findingClass, Held lock, String statement, String observed, List<String> alternatives) {
        hazards.put(
                new LockHazard(
                        findingClass, lock.relation(), SaferStatement.shortened(statement), observed, alternatives),
                lock);
    }

    /**
     * Records the commit of the transaction.
     *
     * @param end the sample of the session before the commit
     * @param time the time of the commit, in nanoseconds of the same clock
     * @return the hazards, without those of tables that the transaction dropped, because no other session needs these
     *     tables
     */
    List<LockHazard> committed(LockSample end, long time) {
        List<LockHazard> all = new ArrayList<>();
        hazards.forEach((hazard, lock) -> {
            if (!end.of(hazard.relation().oid()).gone()) {
                long millis = TimeUnit.NANOSECONDS.toMillis(time - lock.since());
                all.add(new LockHazard(
                        hazard.findingClass(),
                        hazard.relation(),
                        hazard.statement(),
                        hazard.observed() + " (" + millis + " ms here)",
                        hazard.alternatives()));
            }
        });
        return all;
    }

    /**
     * Returns the hazards of a statement that cannot run in a transaction.
     *
     * @param statement the statement on one line, without comments
     * @param relations the relations that existed before the step
     * @param before the sample of the session before the statement
     * @param after the sample of the session after the statement
     * @param wanted the locks for which it waited while another session wrote, by {@code oid}
     */
    static List<LockHazard> ranAlone(
            String statement,
            LockableRelations relations,
            LockSample before,
            LockSample after,
            Map<Long, LockMode> wanted) {
        Map<Long, LockMode> modes = new HashMap<>(wanted);
        LockedTransaction alone =
                new LockedTransaction(relations, before, relation -> new Blocked(false, false), s -> Set.of());
        relations.tables().keySet().forEach(oid -> {
            if (before.of(oid).file() != after.of(oid).file() && !after.of(oid).gone()) {
                modes.put(oid, LockMode.ACCESS_EXCLUSIVE);
            }
        });
        modes.forEach((oid, mode) -> {
            Relation relation = relations.tables().get(oid);
            if (relation == null || after.of(oid).gone() || !mode.blocksWriters()) {
                return;
            }
            Held lock = new Held(relation, mode, Blocked.by(mode), statement, 0);
            if (before.of(oid).file() != after.of(oid).file()) {
                alone.add(lock, statement, Work.REWRITE);
            } else if (alone.isIndexRebuilt(relation, after)) {
                alone.add(lock, statement, Work.BUILD);
            } else if (!before.hasLockTimeout()) {
                alone.hazard(
                        byWhomItBlocks(lock),
                        lock,
                        "waits for " + mode + " without limit (lock_timeout is 0); as long as it waits, "
                                + lock.blocked() + " wait",
                        SaferStatement.insteadOf(statement, Work.BRIEF));
            }
        });
        return List.copyOf(alone.hazards.keySet());
    }
}
