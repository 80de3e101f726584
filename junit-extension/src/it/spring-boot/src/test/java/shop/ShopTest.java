package shop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.turnstone.junit.MigrationScenarios;
import dev.turnstone.junit.MigrationTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.JdbcTemplate;

/** Both extensions on one class. */
@SpringBootTest(properties = "spring.datasource.url=jdbc:sqlite:target/shop-of-the-test.db")
@MigrationTest(dialects = "sqlite")
class ShopTest implements MigrationScenarios {

    @Autowired
    private JdbcTemplate jdbc;

    @Test
    void theApplicationHasMigratedItsDatabase() {
        assertEquals(0, jdbc.queryForObject("SELECT count(*) FROM customer", Integer.class));
    }
}
