package dev.turnstone.scenario;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** A property of a history that can be tested. Stateless and thread-safe. */
public interface Scenario {

    /** Returns the name in options, annotations and findings, such as {@code up-down-up}. */
    String name();

    /** Returns one sentence that states what a passed run proves. */
    String proves();

    /** Starts the scenario. Accesses no database. */
    ScenarioRun on(ScenarioContext context);

    /** Returns whether the scenario runs if the user names no scenarios. */
    default boolean isDefault() {
        return true;
    }

    /**
     * Returns whether the scenario compares two dialects. It then runs once, on the context of the first dialect with
     * that of the second as {@linkplain ScenarioContext#counterpart() counterpart}, and its findings have the dialect
     * {@value #BOTH}.
     */
    default boolean spansDialects() {
        return false;
    }

    /** The dialect of findings that concern two dialects. */
    String BOTH = "both";

    /** Returns all scenarios, in the order of reports. */
    static List<Scenario> all() {
        return ServiceLoader.load(Scenario.class, Scenario.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    /** Returns the scenarios that run if the user names none. */
    static List<Scenario> defaults() {
        return all().stream().filter(Scenario::isDefault).toList();
    }

    /** Returns the scenario with a name; empty if none has it. */
    static Optional<Scenario> named(String name) {
        return all().stream().filter(s -> s.name().equals(name)).findFirst();
    }
}
