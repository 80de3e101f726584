package db.migrations;

import static dev.turnstone.schema.ColumnType.timestamp;
import static dev.turnstone.schema.ColumnType.varchar;

import dev.turnstone.operation.Migration;
import dev.turnstone.operation.Operations;
import dev.turnstone.operation.RevisionHeader;
import dev.turnstone.schema.Column;
import dev.turnstone.schema.ForeignKey;
import dev.turnstone.schema.PrimaryKey;
import dev.turnstone.schema.UniqueConstraint;

/** Companies rent queues, and their users manage the jobs in them. Constraints get names by the naming convention. */
@RevisionHeader(
        id = "f0a9d3c57b18",
        parents = "e2b8463cf019",
        message = "create companies and users",
        created = "2026-02-09T09:15:00Z")
public final class CreateCompaniesAndUsers implements Migration {

    @Override
    public void upgrade(Operations op) {
        op.createTableIfNotExists(
                "companies",
                Column.of("id", varchar(36)).notNull(),
                Column.of("name", varchar(200)).notNull(),
                PrimaryKey.of("id"),
                UniqueConstraint.on("name"));
        op.createTableIfNotExists(
                "users",
                Column.of("id", varchar(36)).notNull(),
                Column.of("company_id", varchar(36)).notNull(),
                Column.of("email", varchar(320)).notNull(),
                Column.of("password_hint", varchar(100)),
                Column.of("created_at", timestamp()).notNull().withDefault("CURRENT_TIMESTAMP"),
                PrimaryKey.of("id"),
                UniqueConstraint.on("email"),
                ForeignKey.on("company_id", "companies", "id").onDelete("CASCADE"));
    }

    @Override
    public void downgrade(Operations op) {
        op.dropTableIfExists("users");
        op.dropTableIfExists("companies");
    }
}
