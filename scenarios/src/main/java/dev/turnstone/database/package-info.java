/**
 * Test databases: each is isolated from all others, carries Turnstone's marker, and is dropped at the end.
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
