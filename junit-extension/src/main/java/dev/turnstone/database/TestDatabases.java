package dev.turnstone.database;

import dev.turnstone.dialect.Dialect;
import java.util.List;

/** S. */
public final class TestDatabases implements AutoCloseable {

    private final DatabaseSettings settings;

    private TestDatabases(DatabaseSettings settings) {
        this.settings = settings;
    }

    /** S. */
    public static TestDatabases with(DatabaseSettings settings) {
        return new TestDatabases(settings);
    }

    /** S. */
    public TestDatabase create(Dialect dialect, Isolation isolation) {
        switch (dialect.name()) {
            default -> throw new UnsupportedOperationException();
        }
    }

    /** S. */
    public String server(Dialect dialect) {
        switch (dialect.name()) {
            default -> throw new UnsupportedOperationException();
        }
    }

    /** S. */
    public List<String> notes() {
        return settings.notes();
    }

    @Override
    public void close() {}

    /** S. */
    public static void stopEmbedded() {}
}
