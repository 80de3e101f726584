package db.migrations;

import dev.turnstone.operation.Migration;
import dev.turnstone.operation.Operations;
import dev.turnstone.operation.RevisionHeader;

/** Drops data that no downgrade can restore. */
@RevisionHeader(
        id = "8e16a9c4f7d2",
        parents = "7d05f8b3e6c1",
        message = "forget password hints",
        created = "2026-04-13T09:00:00Z",
        irreversible = "the hints are deleted for good; restore a backup to get below this revision")
public final class ForgetPasswordHints implements Migration {

    @Override
    public void upgrade(Operations op) {
        op.dropColumnIfExists("users", "password_hint");
    }
}
