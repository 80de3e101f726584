package shop;

import dev.turnstone.Migrator;
import javax.sql.DataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

@SpringBootApplication
public class Shop {

    public static void main(String[] arguments) {
        SpringApplication.run(Shop.class, arguments);
    }

    /** The schema is up to date before anything else uses the data source. */
    @Bean
    Migrator migrator(DataSource dataSource) {
        Migrator migrator = Migrator.of(dataSource);
        migrator.upgrade("head");
        return migrator;
    }
}
