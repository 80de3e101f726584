package dev.turnstone.junit;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.revision.Direction;
import dev.turnstone.scenario.DataAssertion;
import dev.turnstone.scenario.OwnRows;
import dev.turnstone.scenario.RowOptions;

/**
 * Collects seed rows, and assertions on them, by revision; for {@link MigrationScenarios#data}.
 *
 * <pre>{@code
 * @Override
 * public void data(RevisionData data) {
 *     data.seedAt("c41d7be0a2f5", "INSERT INTO jobs (id, title) VALUES (1, 'sweep')")
 *             .afterUpgrade("e07a3311b9d4", connection -> assertThat(priorities(connection)).containsOnly("low"))
 *             .afterDowngrade("e07a3311b9d4", connection -> assertThat(titles(connection)).contains("sweep"));
 * }
 * }</pre>
 *
 * <p>A revision is named by its id, a prefix of it, or a label. Not thread-safe.
 */
public final class RevisionData {

    private final Dialect dialect;
    private final ClassLoader classes;
    private RowOptions options;

    RevisionData(Dialect dialect, ClassLoader classes, RowOptions options) {
        this.dialect = dialect;
        this.classes = classes;
        this.options = options;
    }

    /** Returns the dialect of this call: {@link MigrationScenarios#data} is called once for each dialect. */
    public Dialect dialect() {
        return dialect;
    }

    /**
     * Inserts rows after a revision is applied. Their tables get no generated rows.
     *
     * @param sql statements, separated by semicolons
     */
    public RevisionData seedAt(String revision, String sql) {
        options = options.with(OwnRows.ofSql(revision, sql));
        return this;
    }

    /**
     * Like {@link #seedAt}, with the rows in a file.
     *
     * @param file a path from the module's directory, or {@code classpath:some/file.sql}. {@code .sql} holds statements;
     *     {@code .csv} the rows of the table that the file's name begins with, up to the first dot, with the columns in the
     *     first line. A file of the same name with the dialect before its ending, such as {@code readers.sqlite.csv}, is
     *     used in its place on that dialect
     * @throws dev.turnstone.scenario.OwnRowsException when the file has another extension
     */
    public RevisionData seedFrom(String revision, String file) {
        options = options.with(OwnRows.ofFile(revision, file, classes));
        return this;
    }

    /**
     * Adds an assertion on the rows, which runs each time after a revision was applied.
     *
     * @param assertion throws if it fails; it receives a connection in a transaction that is rolled back afterwards
     */
    public RevisionData afterUpgrade(String revision, DataAssertion.Code assertion) {
        options = options.with(new DataAssertion(revision, Direction.UPGRADE, assertion));
        return this;
    }

    /**
     * Adds an assertion on the rows, which runs each time after a revision was reverted.
     *
     * @param assertion throws if it fails; it receives a connection in a transaction that is rolled back afterwards
     */
    public RevisionData afterDowngrade(String revision, DataAssertion.Code assertion) {
        options = options.with(new DataAssertion(revision, Direction.DOWNGRADE, assertion));
        return this;
    }

    RowOptions options() {
        return options;
    }
}
