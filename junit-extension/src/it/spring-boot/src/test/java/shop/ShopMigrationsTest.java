package shop;

import dev.turnstone.junit.MigrationScenarios;
import dev.turnstone.junit.MigrationTest;

@MigrationTest
class ShopMigrationsTest implements MigrationScenarios {}
