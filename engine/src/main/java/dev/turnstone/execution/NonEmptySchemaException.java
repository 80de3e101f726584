package dev.turnstone.execution;

import dev.turnstone.error.TurnstoneException;
import dev.turnstone.history.VersionTable;
import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.ObjectKind;
import java.util.Collection;
import java.util.stream.Collectors;

/** Thrown, before anything runs, when a history would begin in a schema that someone else filled. */
public final class NonEmptySchemaException extends TurnstoneException {

    private static final int SHOWN = 5;
    private static final ObjectId ALEMBICS = ObjectId.of(ObjectKind.TABLE, VersionTable.ALEMBICS);

    NonEmptySchemaException(String schema, String versionTable, Collection<ObjectId> objects) {
        super("Schema " + schema + " holds " + objects.size() + (objects.size() == 1 ? " object" : " objects") + " ("
                + objects.stream().limit(SHOWN).map(ObjectId::toString).collect(Collectors.joining(", "))
                + (objects.size() > SHOWN ? ", …" : "")
                + ") and no version table " + versionTable
                + ", so it was not made by these migrations. Nothing was run."
                + (objects.contains(ALEMBICS) && !versionTable.equals(VersionTable.ALEMBICS)
                        ? " To go on where Alembic is, name its version table (withVersionTable(\"alembic_version\"),"
                                + " --version-table alembic_version)."
                        : "")
                + " If it has the schema of a revision, 'stamp' that revision;"
                + " if the migrations should begin here all the same, allow it (allowNonEmpty(), --allow-non-empty).");
    }
}
