/**
 * Scenarios: one class for each property of a history that can be tested. Each runs against a tool and its own
 * databases, and returns findings.
 *
 * <pre>{@code
 * try (ScenarioRun run = new UpDownUp().on(context)) {
 *     run.checks().forEach(check -> findings.addAll(check.run().findings()));
 * }
 * }</pre>
 *
 * <p>Depends on {@code dev.turnstone.database} and the engine, and not on JUnit.
 */
@NullMarked
package dev.turnstone.scenario;

import org.jspecify.annotations.NullMarked;
