package dev.turnstone.operation;

import dev.turnstone.operation.Operation.AddEnumValue;
import dev.turnstone.operation.Operation.AlterTable;
import dev.turnstone.operation.Operation.BulkInsert;
import dev.turnstone.operation.Operation.CreateEnum;
import dev.turnstone.operation.Operation.CreateIndex;
import dev.turnstone.operation.Operation.CreateSequence;
import dev.turnstone.operation.Operation.CreateTable;
import dev.turnstone.operation.Operation.CreateTrigger;
import dev.turnstone.operation.Operation.CreateView;
import dev.turnstone.operation.Operation.Custom;
import dev.turnstone.operation.Operation.DropEnum;
import dev.turnstone.operation.Operation.DropIndex;
import dev.turnstone.operation.Operation.DropSequence;
import dev.turnstone.operation.Operation.DropTable;
import dev.turnstone.operation.Operation.DropTrigger;
import dev.turnstone.operation.Operation.DropView;
import dev.turnstone.operation.Operation.Execute;
import dev.turnstone.operation.Operation.RenameEnumValue;
import dev.turnstone.operation.Operation.RenameTable;
import dev.turnstone.operation.Operation.TableChange;

/**
 * Handles each kind of operation.
 *
 * @param <R> the result of each method
 */
public interface OperationVisitor<R> {
    /** Handles a change of one table, which a {@link TableChangeVisitor} divides further. */
    R tableChange(TableChange operation);

    R createTable(CreateTable operation);

    R dropTable(DropTable operation);

    R renameTable(RenameTable operation);

    R alterTable(AlterTable operation);

    R createIndex(CreateIndex operation);

    R dropIndex(DropIndex operation);

    R bulkInsert(BulkInsert operation);

    R execute(Execute operation);

    R createEnum(CreateEnum operation);

    R addEnumValue(AddEnumValue operation);

    R renameEnumValue(RenameEnumValue operation);

    R dropEnum(DropEnum operation);

    R createSequence(CreateSequence operation);

    R dropSequence(DropSequence operation);

    R createView(CreateView operation);

    R dropView(DropView operation);

    R createTrigger(CreateTrigger operation);

    R dropTrigger(DropTrigger operation);

    R custom(Custom operation);
}
