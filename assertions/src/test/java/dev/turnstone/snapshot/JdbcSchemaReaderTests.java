package dev.turnstone.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

class JdbcSchemaReaderTests {

    /** A strong reference, because java.util.logging keeps only weak references to loggers. */
    private static final Logger NOISE = Logger.getLogger("");

    @Test
    void readsTheSchemaOfAnotherDatabase() throws SQLException {
        NOISE.setLevel(Level.OFF);
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1;DATABASE_TO_LOWER=TRUE");
        try (Connection connection = h2.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE customer (id INT PRIMARY KEY, email VARCHAR(80) NOT NULL)");
            statement.execute("CREATE TABLE invoice (id INT PRIMARY KEY, customer INT NOT NULL, amount INT DEFAULT 0,"
                    + " CONSTRAINT fk_customer FOREIGN KEY (customer) REFERENCES customer (id) ON DELETE CASCADE)");
            statement.execute("CREATE INDEX ix_email ON customer (email)");

            SchemaSnapshot snapshot = JdbcSchemaReader.read(h2, "h2", "shop.public");

            String text = SnapshotWriter.write(snapshot);
            assertThat(text)
                    .startsWith("turnstone-snapshot 1\ndialect h2\n\ntable customer\n  column id: INTEGER not null\n")
                    .contains("  column email: CHARACTER VARYING(80) not null\n")
                    .contains("  index ix_email: email\n")
                    .contains(
                            "  foreign-key fk_customer: customer\n    references customer: id\n    on delete = cascade\n");
            assertThat(SnapshotReader.read("h2.txt", text)).isEqualTo(snapshot);
            statement.execute("SHUTDOWN");
        }
    }
}
