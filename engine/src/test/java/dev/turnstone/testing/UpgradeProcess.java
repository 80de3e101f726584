package dev.turnstone.testing;

import dev.turnstone.Migrator;

/** A process of its own that upgrades to the head: its arguments are a JDBC URL and a folder of revisions. */
public final class UpgradeProcess {

    private UpgradeProcess() {}

    public static void main(String[] arguments) {
        Migrator.of(DatabaseForTests.dataSource(arguments[0]), arguments[1]).upgrade("head");
    }
}
