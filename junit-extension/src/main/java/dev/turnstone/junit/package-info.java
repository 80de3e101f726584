/**
 * Migrations as JUnit tests: an annotation, and an interface whose default methods are the scenarios.
 *
 * <pre>{@code
 * @MigrationTest
 * class ShopMigrationsTest implements MigrationScenarios {}
 * }</pre>
 *
 * <p>A thin adapter over {@code dev.turnstone.scenario}, {@code dev.turnstone.database} and {@code
 * dev.turnstone.report}.
 */
@NullMarked
package dev.turnstone.junit;

import org.jspecify.annotations.NullMarked;
