package db.migrations;

import static dev.turnstone.schema.ColumnType.varchar;

import dev.turnstone.operation.Migration;
import dev.turnstone.operation.Operations;
import dev.turnstone.operation.RevisionHeader;
import dev.turnstone.schema.Column;
import dev.turnstone.schema.ForeignKey;

/** SQLite cannot add a constraint to an existing table: the table is rebuilt, with its rows and its index. */
@RevisionHeader(
        id = "0b6e2f84d1a3",
        parents = "f0a9d3c57b18",
        message = "give jobs a company",
        created = "2026-02-16T10:00:00Z")
public final class GiveJobsACompany implements Migration {

    @Override
    public void upgrade(Operations op) {
        if (!op.hasColumn("jobs", "company_id")) {
            op.batchAlterTable("jobs", jobs -> jobs.addColumn(Column.of("company_id", varchar(36)))
                    .addConstraint(ForeignKey.on("company_id", "companies", "id")));
        }
    }

    @Override
    public void downgrade(Operations op) {
        if (op.hasColumn("jobs", "company_id")) {
            op.batchAlterTable("jobs", jobs -> jobs.dropConstraint("fk_jobs_company_id_companies")
                    .dropColumn("company_id"));
        }
    }
}
