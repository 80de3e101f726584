package dev.turnstone.operation;

import dev.turnstone.operation.Operation.AddColumn;
import dev.turnstone.operation.Operation.AddConstraint;
import dev.turnstone.operation.Operation.AddExclusion;
import dev.turnstone.operation.Operation.AlterColumn;
import dev.turnstone.operation.Operation.CommentOnTable;
import dev.turnstone.operation.Operation.DropColumn;
import dev.turnstone.operation.Operation.DropConstraint;
import dev.turnstone.operation.Operation.DropPrimaryKey;
import dev.turnstone.operation.Operation.RenameColumn;
import dev.turnstone.operation.Operation.ValidateConstraint;

/**
 * Handles each kind of change of a table.
 *
 * @param <R> the result of each method
 */
public interface TableChangeVisitor<R> {
    R addColumn(AddColumn operation);

    R dropColumn(DropColumn operation);

    R alterColumn(AlterColumn operation);

    R renameColumn(RenameColumn operation);

    R addConstraint(AddConstraint operation);

    R addExclusion(AddExclusion operation);

    R dropConstraint(DropConstraint operation);

    R dropPrimaryKey(DropPrimaryKey operation);

    R validateConstraint(ValidateConstraint operation);

    R commentOnTable(CommentOnTable operation);
}
