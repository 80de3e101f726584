package shop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.turnstone.junit.MigratedDatabase;
import dev.turnstone.junit.MigrationScenarios;
import dev.turnstone.junit.MigrationTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestTemplate;

@MigrationTest
class ShopMigrationsTest implements MigrationScenarios {

    @BeforeAll
    static void say() {
        System.out.println("runs on JUnit " + TestTemplate.class.getPackage().getImplementationVersion());
    }

    @TestTemplate
    void ofTheShopsOwn(MigratedDatabase database) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            assertEquals(0, statement.executeUpdate("DELETE FROM customer"));
        }
    }
}
