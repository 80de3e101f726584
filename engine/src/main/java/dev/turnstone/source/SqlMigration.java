package dev.turnstone.source;

import dev.turnstone.operation.Migration;
import dev.turnstone.operation.Operations;
import dev.turnstone.operation.SqlText;
import dev.turnstone.revision.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The migration of an SQL revision file.
 *
 * @param origin the file's path within its source
 * @param upgrades the upgrade sections by dialect; the general one under {@link #ANY_DIALECT}
 * @param downgrades the downgrade sections likewise
 * @param refusal the line that replaces a downgrade section, or null
 */
record SqlMigration(
        String origin,
        Map<String, List<Block>> upgrades,
        Map<String, List<Block>> downgrades,
        @Nullable Refusal refusal)
        implements Migration, PlannedSql {

    static final String ANY_DIALECT = "";

    SqlMigration {
        upgrades = Map.copyOf(upgrades);
        downgrades = Map.copyOf(downgrades);
    }

    @Override
    public void upgrade(Operations op) {
        section(upgrades, op.dialect()).ifPresent(blocks -> record(blocks, op));
    }

    /** {@inheritDoc} Records nothing if the revision has no upgrade on this dialect, or declares {@code keep}. */
    @Override
    public void downgrade(Operations op) {
        String dialect = op.dialect();
        Downgrade downgrade = downgradeOn(dialect);
        if (downgrade instanceof Downgrade.Missing || downgrade instanceof Downgrade.Irreversible) {
            throw new UnsupportedOperationException(origin + " has no downgrade on " + dialect + ".");
        }
        if (section(upgrades, dialect).isPresent()) {
            section(downgrades, dialect).ifPresent(blocks -> record(blocks, op));
        }
    }

    Downgrade downgradeOn(String dialect) {
        if (section(upgrades, dialect).isEmpty()) {
            return new Downgrade.Defined(); // the upgrade did nothing on this dialect
        }
        if (refusal != null) {
            return refusal.downgrade();
        }
        return section(downgrades, dialect).isPresent() ? new Downgrade.Defined() : new Downgrade.Missing();
    }

    private static Optional<List<Block>> section(Map<String, List<Block>> sections, String dialect) {
        return Optional.ofNullable(sections.get(dialect)).or(() -> Optional.ofNullable(sections.get(ANY_DIALECT)));
    }

    @Override
    public List<SqlText> inTransaction(Direction direction, String dialect) {
        List<SqlText> texts = new ArrayList<>();
        planned(direction, dialect).forEach(block -> addTransactional(block, texts));
        return texts;
    }

    private static void addTransactional(Block block, List<SqlText> texts) {
        if (block instanceof Block.Statements statements) {
            texts.add(statements.sql());
        } else if (block instanceof Block.Guarded guarded) {
            guarded.blocks().forEach(inner -> addTransactional(inner, texts));
        }
    }

    @Override
    public boolean leavesTransaction(Direction direction, String dialect) {
        return planned(direction, dialect).stream().anyMatch(SqlMigration::leavesTransaction);
    }

    private static boolean leavesTransaction(Block block) {
        return block instanceof Block.Autocommit
                || (block instanceof Block.Guarded guarded
                        && guarded.blocks().stream().anyMatch(SqlMigration::leavesTransaction));
    }

    private List<Block> planned(Direction direction, String dialect) {
        return section(direction == Direction.UPGRADE ? upgrades : downgrades, dialect)
                .orElse(List.of());
    }

    private static void record(List<Block> blocks, Operations op) {
        blocks.forEach(block -> block.record(op));
    }
}
