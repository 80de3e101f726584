package db.migrations;

import static dev.turnstone.schema.ColumnType.json;
import static dev.turnstone.schema.ColumnType.text;

import dev.turnstone.operation.Migration;
import dev.turnstone.operation.Operations;
import dev.turnstone.operation.RevisionHeader;
import dev.turnstone.schema.Column;

/** Uses JSON on PostgreSQL and text on SQLite. Forms a branch, because {@code 12c9a7f05e6b} was in review at that time. */
@RevisionHeader(
        id = "2d81b4c6f97e",
        parents = "0b6e2f84d1a3",
        labels = "accounts",
        message = "give companies settings",
        created = "2026-02-24T16:20:00Z")
public final class GiveCompaniesSettings implements Migration {

    @Override
    public void upgrade(Operations op) {
        op.addColumnIfNotExists("companies", Column.of("settings", json().with("sqlite", text())));
    }

    @Override
    public void downgrade(Operations op) {
        op.dropColumnIfExists("companies", "settings");
    }
}
