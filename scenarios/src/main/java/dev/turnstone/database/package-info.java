/**
 * Databases to test in: each isolated from all others, marked as ours, and dropped whatever happens.
 *
 * <pre>{@code
 * try (TestDatabases databases = TestDatabases.with(DatabaseSettings.of(System::getProperty, System.getenv()));
 *         TestDatabase database = databases.create(Dialects.named("postgresql"), Isolation.SCHEMA)) {
 *     Connection connection = database.dataSource().getConnection();
 * }
 * }</pre>
 *
 * <p>Depends on {@code dev.turnstone.dialect} and {@code dev.turnstone.error}, and on no type of JUnit.
 */
@NullMarked
package dev.turnstone.database;

import org.jspecify.annotations.NullMarked;
