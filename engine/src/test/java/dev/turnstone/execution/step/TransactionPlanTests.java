package dev.turnstone.execution.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.Dialects;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.dialect.SqlStatement.Traits;
import dev.turnstone.execution.Transactions;
import dev.turnstone.execution.step.TransactionPlan.Exclusion;
import dev.turnstone.execution.step.TransactionPlan.Extent;
import dev.turnstone.execution.step.TransactionPlan.Place;
import dev.turnstone.execution.step.TransactionPlan.Reason;
import dev.turnstone.operation.Location;
import dev.turnstone.revision.Direction;
import dev.turnstone.revision.Revision;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.source.Downgrade;
import dev.turnstone.source.Format;
import dev.turnstone.source.MigrationScript;
import dev.turnstone.source.TransactionMode;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransactionPlanTests {

    private static final Dialect SQLITE = Dialects.named("sqlite");

    @Test
    void runsARevisionInOneTransactionByDefault() {
        assertThat(plan(TransactionMode.PER_REVISION, Transactions.PER_REVISION, Traits.ORDINARY))
                .isEqualTo(
                        new TransactionPlan(Extent.REVISION, Reason.REVISION_DEFAULT, Exclusion.BY_TRANSACTION, false));
    }

    @Test
    void givesTheReasonWhyStatementsCommitByThemselves() {
        assertThat(plan(TransactionMode.PER_REVISION, Transactions.NONE, Traits.ORDINARY))
                .isEqualTo(separate(Reason.RUN_OPTION));
        assertThat(plan(TransactionMode.NONE, Transactions.PER_REVISION, Traits.ORDINARY))
                .isEqualTo(separate(Reason.DECLARED));
        assertThat(plan(TransactionMode.AS_WRITTEN, Transactions.PER_REVISION, Traits.ORDINARY, Traits.BEGINS))
                .isEqualTo(separate(Reason.AUTHORS_TRANSACTIONS));
        assertThat(plan(TransactionMode.AS_WRITTEN, Transactions.PER_REVISION, Traits.NEEDS_AUTOCOMMIT))
                .isEqualTo(separate(Reason.NEEDS_AUTOCOMMIT));
    }

    @Test
    void dropsTheTransactionAfterARefusalOnlyForAFileThatDeterminesItsOwnTransactions() {
        TransactionPlan asWritten = plan(TransactionMode.AS_WRITTEN, Transactions.PER_REVISION, Traits.ORDINARY);
        TransactionPlan byDefault = plan(TransactionMode.PER_REVISION, Transactions.PER_REVISION, Traits.ORDINARY);
        SQLException unsafeEnumValue = new SQLException("unsafe use of new value", "55P04");

        assertThat(asWritten.reason()).isEqualTo(Reason.ALL_TRANSACTIONAL);
        assertThat(asWritten.afterRefusal(unsafeEnumValue, Dialects.named("postgresql")))
                .contains(separate(Reason.REFUSED_BY_SERVER));
        assertThat(asWritten.afterRefusal(new SQLException("syntax error", "42601"), Dialects.named("postgresql")))
                .isEmpty();
        assertThat(byDefault.afterRefusal(unsafeEnumValue, Dialects.named("postgresql")))
                .isEmpty();
    }

    @Test
    void acquiresALockForStatementsOutsideOfTheTransactionUnlessTheRunHoldsOne() {
        TransactionPlan plan = plan(TransactionMode.PER_REVISION, Transactions.PER_REVISION);
        TransactionPlan ofRun = new TransactionPlan(Extent.REVISION, plan.reason(), Exclusion.BY_RUN, false);

        assertThat(plan.extendedFor(statements(Traits.ORDINARY))).isEqualTo(plan);
        assertThat(plan.extendedFor(statements(Traits.ORDINARY, Traits.OUTSIDE)).exclusion())
                .isEqualTo(Exclusion.BY_STEP_LOCK);
        assertThat(ofRun.extendedFor(statements(Traits.OUTSIDE))).isEqualTo(ofRun);
    }

    @Test
    void suspendsForeignKeysForARebuildInTheTransactionOfTheRevision() {
        TransactionPlan plan = plan(TransactionMode.PER_REVISION, Transactions.PER_REVISION);

        TransactionPlan rebuilding = plan.extendedFor(statements(Traits.REBUILDS));

        assertThat(rebuilding).isEqualTo(plan.suspendingForeignKeys());
        assertThat(rebuilding.extendedFor(statements(Traits.REBUILDS))).isEqualTo(rebuilding);
        assertThat(separate(Reason.DECLARED).extendedFor(statements(Traits.REBUILDS)))
                .isEqualTo(separate(Reason.DECLARED));
    }

    @Test
    void dividesStatementsIntoSections() {
        List<SqlStatement> statements =
                statements(Traits.ORDINARY, Traits.OUTSIDE, Traits.OUTSIDE, Traits.REBUILDS, Traits.ORDINARY);

        assertThat(plan(TransactionMode.PER_REVISION, Transactions.PER_REVISION).sections(statements))
                .containsExactly(
                        new TransactionPlan.Section(Place.TRANSACTION, statements.subList(0, 1)),
                        new TransactionPlan.Section(Place.OUTSIDE, statements.subList(1, 3)),
                        new TransactionPlan.Section(Place.TRANSACTION, statements.subList(3, 5)));
        assertThat(separate(Reason.DECLARED).sections(statements))
                .containsExactly(
                        new TransactionPlan.Section(Place.NONE, statements.subList(0, 3)),
                        new TransactionPlan.Section(Place.OWN_TRANSACTION, statements.subList(3, 4)),
                        new TransactionPlan.Section(Place.NONE, statements.subList(4, 5)));
        assertThat(separate(Reason.DECLARED).sections(List.of())).isEmpty();
    }

    private static TransactionPlan separate(Reason reason) {
        return new TransactionPlan(Extent.STATEMENT, reason, Exclusion.BY_STEP_LOCK, false);
    }

    private static TransactionPlan plan(TransactionMode mode, Transactions transactions, Traits... traits) {
        MigrationScript script = new MigrationScript(
                Revision.of(RevisionId.of("c41d7be0a2f5"), List.of(), "", "one revision"),
                op -> {},
                dialect -> new Downgrade.Defined(),
                mode,
                null,
                Format.TURNSTONE);
        return TransactionPlan.of(script, Direction.UPGRADE, SQLITE, transactions, false, () -> statements(traits));
    }

    private static List<SqlStatement> statements(Traits... traits) {
        return Arrays.stream(traits)
                .map(each -> new SqlStatement("SELECT 1", Location.of("one revision"), each))
                .toList();
    }
}
