package example;

import dev.turnstone.Migrator;
import dev.turnstone.dialect.DatabaseUrl;
import dev.turnstone.revision.Step;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/**
 * Applies pending revisions to its database on start, and prints its queue.
 *
 * <p>The database is the one of {@code DATABASE_URL}, else the file {@code queue.db}. With the argument {@code migrate} it
 * only applies the revisions, as a separate job before several instances start, which then have nothing to apply.
 */
public final class QueueApplication {

    private QueueApplication() {}

    public static void main(String[] arguments) throws SQLException {
        String url = System.getenv().getOrDefault("DATABASE_URL", "sqlite:///queue.db");
        DataSource dataSource = DatabaseUrl.parse(url).dataSource();

        // A failure ends the process before it serves requests; the message describes the state of the database.
        List<Step> steps = Migrator.of(dataSource).upgrade("head");
        System.out.println(steps.isEmpty() ? "The database is up to date." : "Applied " + steps.size() + " revisions.");
        if (List.of(arguments).contains("migrate")) {
            return;
        }

        JobQueue queue = new JobQueue(dataSource);
        queue.add("mail", "mail", 0);
        for (Map.Entry<String, Integer> count : queue.counts().entrySet()) {
            System.out.println(count.getKey() + " " + count.getValue());
        }
        System.out.println("next in mail: " + queue.next("mail").orElse("nothing"));
    }
}
