package shop;

import dev.turnstone.junit.MigratedDatabase;
import dev.turnstone.junit.MigrationScenarios;
import dev.turnstone.junit.MigrationTest;
import org.junit.jupiter.api.TestTemplate;

@MigrationTest
class ShopMigrationsTest implements MigrationScenarios {

    @TestTemplate
    void ofTheShopsOwn(MigratedDatabase database) {}
}
