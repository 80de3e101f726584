package dev.turnstone.scenario;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** Something to prove of a history. Stateless and thread-safe. */
public interface Scenario {

    /** The name in options, annotations and findings, for example {@code up-down-up}. */
    String name();

    /** What passing proves, in one sentence. */
    String proves();

    /** Puts the scenario to work; touches no database. */
    ScenarioRun on(ScenarioContext context);

    /** Whether it runs where no one names scenarios. */
    default boolean isDefault() {
        return true;
    }

    /**
     * Whether it looks at two dialects at once. It then runs once, on the context of the first with that of the other as
     * {@linkplain ScenarioContext#counterpart() counterpart}, and its findings are of the dialect {@value #BOTH}.
     */
    default boolean spansDialects() {
        return false;
    }

    /** The dialect of findings that are about two. */
    String BOTH = "both";

    /** All scenarios, in the order in which reports list them. */
    static List<Scenario> all() {
        return ServiceLoader.load(Scenario.class, Scenario.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    /** The scenarios that run where no one names any. */
    static List<Scenario> defaults() {
        return all().stream().filter(Scenario::isDefault).toList();
    }

    /** The scenario of that name. */
    static Optional<Scenario> named(String name) {
        return all().stream().filter(s -> s.name().equals(name)).findFirst();
    }
}
