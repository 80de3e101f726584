package shop;

import dev.turnstone.junit.MigrationScenarios;
import dev.turnstone.junit.MigrationTest;

@MigrationTest(locations = "classpath:one-dialect")
class PostgresOnlyDefectTest implements MigrationScenarios {}
