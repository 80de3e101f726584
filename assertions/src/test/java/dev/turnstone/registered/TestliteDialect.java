package dev.turnstone.registered;

import dev.turnstone.dialect.sqlite.SqliteDialect;
import java.util.Set;

/** A third dialect, which {@code META-INF/services} of the tests registers: SQLite under another name. */
public final class TestliteDialect extends SqliteDialect {

    @Override
    public String name() {
        return "testlite";
    }

    @Override
    public String title() {
        return "Testlite";
    }

    @Override
    public Set<String> productNames() {
        return Set.of("Testlite");
    }

    @Override
    public Set<String> urlSchemes() {
        return Set.of("testlite");
    }
}
