package dev.turnstone.scenario.locks;

import dev.turnstone.database.TestDatabase;
import dev.turnstone.revision.Direction;
import dev.turnstone.revision.Revision;
import dev.turnstone.scenario.Check;
import dev.turnstone.scenario.FindingClass;
import dev.turnstone.scenario.Scenario;
import dev.turnstone.scenario.ScenarioContext;
import dev.turnstone.scenario.ScenarioRun;
import dev.turnstone.scenario.cursor.CursorRun;
import dev.turnstone.scenario.cursor.MigrationCursor;
import dev.turnstone.scenario.cursor.MigrationCursor.Attempt;
import dev.turnstone.scenario.cursor.ObservedDatabase;
import dev.turnstone.scenario.cursor.Reporter;
import dev.turnstone.scenario.rows.FilledDatabase;
import dev.turnstone.scenario.rows.FilledUpgrade;
import dev.turnstone.schema.ObjectId;
import dev.turnstone.source.Downgrade;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Checks that no revision makes users of filled tables on PostgreSQL wait for long. Only tables that existed before the
 * revision count. The locks are read while the transaction of the revision is open, together with the tables that it
 * rewrites or reads, and a second session tries to read and write.
 */
public final class Locks implements Scenario {

    @Override
    public String name() {
        return "locks";
    }

    @Override
    public String proves() {
        return "No revision blocks readers or writers of a filled PostgreSQL table for long.";
    }

    @Override
    public boolean isDefault() {
        return false;
    }

    @Override
    public ScenarioRun on(ScenarioContext context) {
        return context.dialect().observesLocks() ? new Run(this, context) : new Skips(this, context);
    }

    /** Skips the scenario on other dialects than PostgreSQL. */
    private static final class Skips extends CursorRun {

        Skips(Scenario scenario, ScenarioContext context) {
            super(scenario, context);
        }

        @Override
        public List<Check> checks() {
            return List.of(check(
                    null,
                    headTitle(),
                    reporter -> reporter.skip(
                            null,
                            reporter.title() + " locks its whole database for every writer, so that there is nothing to"
                                    + " choose; locks are looked at on PostgreSQL.")));
        }
    }

    /** A class of finding on one table; the key under which hazards are grouped. */
    private record Place(FindingClass findingClass, ObjectId object) {}

    private static final class Run extends CursorRun {

        private final Watches watches;
        private final FilledDatabase filled;
        private final FilledUpgrade upgrade;

        Run(Scenario scenario, ScenarioContext context) {
            this(scenario, context, new Watches(context.options().lockTimeout()));
        }

        private Run(Scenario scenario, ScenarioContext context, Watches watches) {
            super(scenario, context, watches::on);
            this.watches = watches;
            this.filled = new FilledDatabase(context, walk());
            this.upgrade = new FilledUpgrade(context, filled, attempt -> () -> watched(attempt));
        }

        @Override
        public List<Check> checks() {
            List<Revision> revisions = walk().revisions();
            List<Check> checks = new ArrayList<>();
            for (int i = 0; i < revisions.size(); i++) {
                int place = i;
                Revision revision = revisions.get(i);
                checks.add(check(revision.id(), title(revision), reporter -> oneRevision(place, revision, reporter)));
            }
            return checks;
        }

        private void oneRevision(int place, Revision revision, Reporter reporter) {
            filled.moveTo(place);
            Map<Direction, List<LockHazard>> hazards = new LinkedHashMap<>();
            if (!up(place, revision, reporter)) {
                return;
            }
            hazards.put(Direction.UPGRADE, watches.hazards());
            if (context().tool().downgrade(revision.id(), context().dialect()) instanceof Downgrade.Defined) {
                Attempt down = watched(() -> walk().down(revision.id()));
                if (down.failure() == null) {
                    hazards.put(Direction.DOWNGRADE, watches.hazards());
                } else {
                    reporter.downFails(revision, down.failure());
                }
                if (down.failure() == null ? walk().upAgain(revision.id()).failure() != null : down.halfDone()) {
                    walk().markDiverged();
                }
            }
            tell(revision, hazards, reporter);
        }

        /** Applies the revision to rows on which it succeeds, or to empty tables if it fails on all rows. */
        private boolean up(int place, Revision revision, Reporter reporter) {
            // The scenario "rows" reports the rows on which the revision fails.
            Reporter ofRows = reporter();
            if (upgrade.run(place, revision, ofRows) != null) {
                return true;
            }
            if (ofRows.outcome().findings().stream()
                    .anyMatch(finding -> finding.findingClass() == FindingClass.UP_FAILS
                            || finding.findingClass() == FindingClass.TIME_OUT)) {
                reporter.addAll(ofRows);
                return false;
            }
            filled.bringWithoutRowsTo(place);
            Attempt attempt = watched(() -> walk().up(revision.id()));
            if (attempt.failure() == null) {
                reporter.skip(
                        revision.id(),
                        "It fails on all rows that were tried, and was looked at on empty tables instead.");
                return true;
            }
            reporter.upFails(revision, attempt.failure());
            return false;
        }

        private Attempt watched(Supplier<Attempt> step) {
            return watches.during(walk(), step);
        }

        private void tell(Revision revision, Map<Direction, List<LockHazard>> hazards, Reporter reporter) {
            Map<Place, List<String>> observed = new LinkedHashMap<>();
            Map<Place, Set<String>> alternatives = new LinkedHashMap<>();
            hazards.forEach((direction, all) -> all.forEach(hazard -> {
                Place place = new Place(hazard.findingClass(), hazard.relation().id());
                observed.computeIfAbsent(place, p -> new ArrayList<>())
                        .add("\n  " + direction.name().toLowerCase(Locale.ROOT) + ": " + hazard.statement() + "\n    "
                                + hazard.observed());
                alternatives.computeIfAbsent(place, p -> new LinkedHashSet<>()).addAll(hazard.alternatives());
            }));
            Optional<String> reason = context().tool().locks(revision.id());
            if (reason.isPresent()) {
                if (!observed.isEmpty()) {
                    reporter.skip(
                            revision.id(),
                            "Declared to lock ("
                                    + observed.keySet().stream()
                                            .map(place -> place.findingClass().label() + " " + place.object())
                                            .collect(Collectors.joining(", "))
                                    + "): " + reason.get());
                }
                return;
            }
            observed.forEach((place, lines) -> reporter.aboutObject(
                    place.findingClass(),
                    revision.id(),
                    place.object(),
                    Reporter.words(revision) + " " + words(place) + " on " + reporter.title() + ":"
                            + String.join("", lines),
                    String.join(" ", alternatives.getOrDefault(place, Set.of()))
                            + " Or say in the revision why it may: '-- locks: REASON'."));
        }

        private static String words(Place place) {
            return switch (place.findingClass()) {
                case BLOCKS_READERS -> "makes readers of " + place.object() + " wait";
                case BLOCKS_WRITERS -> "makes writers of " + place.object() + " wait";
                case REWRITES_TABLE -> "writes " + place.object() + " anew while others wait for it";
                case SCANS_TABLE -> "reads all of " + place.object() + " while others wait for it";
                default -> throw new IllegalArgumentException("No class of this scenario: " + place);
            };
        }

        @Override
        public void close() {
            try {
                watches.close();
            } finally {
                try {
                    upgrade.close();
                } finally {
                    super.close();
                }
            }
        }
    }

    /** The observer of the current database of the cursor. */
    private static final class Watches implements AutoCloseable {

        private final @Nullable Duration lockTimeout;
        private @Nullable LockWatch watch;

        Watches(@Nullable Duration lockTimeout) {
            this.lockTimeout = lockTimeout;
        }

        TestDatabase on(TestDatabase database) {
            close();
            watch = new LockWatch(database, lockTimeout);
            return new ObservedDatabase(database, watch);
        }

        Attempt during(MigrationCursor walk, Supplier<Attempt> step) {
            LockWatch of = java.util.Objects.requireNonNull(watch);
            return of.during(
                    walk.reading(reader ->
                            LockableRelations.read(reader, walk.database().scope())),
                    step);
        }

        List<LockHazard> hazards() {
            return java.util.Objects.requireNonNull(watch).hazards();
        }

        @Override
        public void close() {
            if (watch != null) {
                watch.close();
                watch = null;
            }
        }
    }
}
