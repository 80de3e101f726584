package dev.turnstone.scenario;

import java.util.List;
import java.util.Optional;

/** Something to prove of a history. Stateless and thread-safe. */
public interface Scenario {

    /** The name in options, annotations and findings, for example {@code up-down-up}. */
    String name();

    /** What passing proves, in one sentence. */
    String proves();

    /** Puts the scenario to work; touches no database. */
    ScenarioRun on(ScenarioContext context);

    /** All scenarios, in the order in which reports list them. */
    static List<Scenario> all() {
        return List.of(new FreshInstall(), new StampThenNoop(), new UpDownUp(), new IdempotentRerun(), new RowsSurvive());
    }

    /** The scenario of that name. */
    static Optional<Scenario> named(String name) {
        return all().stream().filter(s -> s.name().equals(name)).findFirst();
    }
}
