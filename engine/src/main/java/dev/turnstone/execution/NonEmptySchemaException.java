package dev.turnstone.execution;

import dev.turnstone.error.TurnstoneException;
import dev.turnstone.history.VersionTable;
import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.ObjectKind;
import java.util.Collection;
import java.util.stream.Collectors;

/** Thrown before anything runs when a history would start in a schema with objects that it did not create. */
public final class NonEmptySchemaException extends TurnstoneException {

    private static final int MAX_LISTED = 5;
    private static final ObjectId ALEMBIC_TABLE = ObjectId.of(ObjectKind.TABLE, VersionTable.ALEMBIC_TABLE);

    public NonEmptySchemaException(String schema, String versionTable, Collection<ObjectId> objects) {
        super("Schema " + schema + " contains " + objects.size() + (objects.size() == 1 ? " object" : " objects") + " ("
                + objects.stream().limit(MAX_LISTED).map(ObjectId::toString).collect(Collectors.joining(", "))
                + (objects.size() > MAX_LISTED ? ", …" : "")
                + ") but no version table " + versionTable
                + ", so these migrations did not create it. Nothing was run."
                + (objects.contains(ALEMBIC_TABLE) && !versionTable.equals(VersionTable.ALEMBIC_TABLE)
                        ? " To continue from Alembic's version, name its version table (withVersionTable(\"alembic_version\"),"
                                + " --version-table alembic_version)."
                        : "")
                + " If it has the schema of a revision, 'stamp' that revision."
                + " To start the history in this schema anyway, allow it (allowNonEmpty(), --allow-non-empty).");
    }
}
