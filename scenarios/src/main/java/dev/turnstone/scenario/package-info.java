/**
 * What is proven of a history: one class a scenario, each against a tool and databases of its own, each with findings as
 * its result.
 *
 * <pre>{@code
 * try (ScenarioRun run = new UpDownUp().on(context)) {
 *     run.checks().forEach(check -> findings.addAll(check.run().findings()));
 * }
 * }</pre>
 *
 * <p>Depends on {@code dev.turnstone.database} and the engine; knows nothing of JUnit.
 */
@NullMarked
package dev.turnstone.scenario;

import org.jspecify.annotations.NullMarked;
