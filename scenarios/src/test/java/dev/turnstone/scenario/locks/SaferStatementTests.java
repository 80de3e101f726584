package dev.turnstone.scenario.locks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.scenario.locks.SaferStatement.Work;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SaferStatementTests {

    @Test
    void everyStatementGetsTheWayThatIsMeantForIt() {
        Set<String> given = new HashSet<>();
        for (String[] one : new String[][] {
            {"REWRITE", "ALTER TABLE a ALTER COLUMN b SET DATA TYPE bigint", "of the new type"},
            {"REWRITE", "alter table a alter b type bigint using b::bigint", "of the new type"},
            {"REWRITE", "ALTER TABLE a ADD b int GENERATED ALWAYS AS (c * 2) STORED", "compute it in a view"},
            {"REWRITE", "ALTER TABLE a ADD b int GENERATED ALWAYS AS IDENTITY", "make a sequence"},
            {"REWRITE", "ALTER TABLE a ADD COLUMN b bigserial", "make a sequence"},
            {"REWRITE", "ALTER TABLE a ADD COLUMN b uuid DEFAULT gen_random_uuid()", "SET DEFAULT after it"},
            {"REWRITE", "ALTER TABLE a SET LOGGED", "then swap the names"},
            {"REWRITE", "VACUUM (FULL) a", "plain VACUUM"},
            {"REWRITE", "CLUSTER a", "plain VACUUM"},
            {"REWRITE", "REFRESH MATERIALIZED VIEW a", "REFRESH MATERIALIZED VIEW CONCURRENTLY"},
            {"BUILD", "CREATE UNIQUE INDEX ON a (b)", "CREATE INDEX CONCURRENTLY"},
            {"BUILD", "REINDEX TABLE a", "REINDEX … CONCURRENTLY"},
            {"BUILD", "ALTER TABLE a ADD UNIQUE (b)", "USING INDEX"},
            {"BUILD", "ALTER TABLE a ADD CONSTRAINT b EXCLUDE (c WITH =)", "There is no way"},
            {"SCAN", "ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES c", "FOREIGN KEY … NOT VALID"},
            {"SCAN", "ALTER TABLE a ADD CHECK (b > 0)", "CHECK … NOT VALID"},
            {"SCAN", "ALTER TABLE a ALTER b SET NOT NULL", "then reads no row"},
            {"SCAN", "ALTER TABLE a VALIDATE CONSTRAINT b", "a transaction of its own"},
            {"SCAN", "ALTER TABLE a ATTACH PARTITION b DEFAULT", "before ATTACH PARTITION"},
            {"SCAN", "ALTER DOMAIN a ADD CHECK (VALUE > 0)", "ALTER DOMAIN … ADD CONSTRAINT … NOT VALID"},
            {"SCAN", "UPDATE a SET b = 1", "in a revision of their own"},
            {"BRIEF", "DROP INDEX a", "DROP INDEX CONCURRENTLY"},
            {"BRIEF", "ALTER TABLE a DETACH PARTITION b", "CONCURRENTLY"},
            {"BRIEF", "CREATE TABLE a PARTITION OF b DEFAULT", "then ATTACH PARTITION"},
            {"BRIEF", "TRUNCATE a", "DELETE in batches"},
        }) {
            List<String> ways = SaferStatement.insteadOf(one[1], Work.valueOf(one[0]));
            assertThat(ways.get(0)).as(one[1]).contains(one[2]);
            assertThat(ways.contains(SaferStatement.LOCK_TIMEOUT)).as(one[1]).isEqualTo(one[0].equals("BRIEF"));
            given.add(ways.get(0));
        }
        assertThat(given).as("a case for each way").hasSameSizeAs(Arrays.asList(SaferStatement.values()));
    }

    @Test
    void aStatementThatNoWayIsKnownForGetsOneAllTheSame() {
        assertThat(SaferStatement.insteadOf("ALTER TABLE a ADD COLUMN b int", Work.BRIEF))
                .containsExactly(SaferStatement.LOCK_TIMEOUT);
        assertThat(SaferStatement.insteadOf("CALL rebuild()", Work.REWRITE)).hasSize(1);
    }

    @Test
    void aStatementIsShownWithoutCommentsOnOneLine() {
        assertThat(SaferStatement.onOneLine("-- why\nALTER /* all\n of */ TABLE a\n\tADD b int -- so"))
                .isEqualTo("ALTER TABLE a ADD b int");
        assertThat(SaferStatement.shortened("x".repeat(300))).hasSize(200).endsWith("…");
    }
}
