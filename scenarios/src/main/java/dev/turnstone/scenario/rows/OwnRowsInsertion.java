package dev.turnstone.scenario.rows;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.Scope;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.error.TurnstoneException;
import dev.turnstone.operation.SqlText;
import dev.turnstone.revision.Revision;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.rows.CsvRows;
import dev.turnstone.rows.MalformedCsvException;
import dev.turnstone.rows.ViolatedConstraint;
import dev.turnstone.scenario.OwnRows;
import dev.turnstone.scenario.OwnRowsException;
import dev.turnstone.scenario.ScenarioContext;
import dev.turnstone.schema.Schema;
import dev.turnstone.schema.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The user's own rows, by the revision from which on they are there. Immutable. */
final class OwnRowsInsertion {

    /** The name of the table, perhaps in quotes and after that of a schema. */
    private static final Pattern TARGET =
            Pattern.compile("(?i)\\b(?:INTO|COPY)\\s+(?:(?:\"[^\"]+\"|\\w+)\\s*\\.\\s*)?(\"[^\"]+\"|\\w+)");

    private final Dialect dialect;
    private final Map<RevisionId, List<OwnRows>> rows = new HashMap<>();
    private final Set<String> tables = new HashSet<>();

    /**
     * Finds the revisions.
     *
     * @throws OwnRowsException when one is not in the history, or a file is not there
     */
    OwnRowsInsertion(ScenarioContext context) {
        dialect = context.dialect();
        for (OwnRows own : context.options().rows().own()) {
            rows.computeIfAbsent(revision(own.revision(), own.place(), context), id -> new ArrayList<>())
                    .add(own);
            if (own.table().isEmpty()) {
                Matcher target = TARGET.matcher(own.text().apply(dialect.name()).text());
                while (target.find()) {
                    tables.add(target.group(1).replace("\"", "").toLowerCase(Locale.ROOT));
                }
            } else {
                tables.add(own.table().toLowerCase(Locale.ROOT));
            }
        }
    }

    /**
     * The one revision that a user names.
     *
     * @param what is for it, for the message
     * @throws OwnRowsException when it is not one
     */
    static RevisionId revision(String name, String what, ScenarioContext context) {
        try {
            return context.tool()
                    .graph()
                    .resolveOne(name, Set.of())
                    .map(Revision::id)
                    .orElseThrow(() -> OwnRowsException.ofRevision(name, what, "it is before the first."));
        } catch (OwnRowsException e) {
            throw e;
        } catch (TurnstoneException e) {
            throw OwnRowsException.ofRevision(name, what, String.valueOf(e.getMessage()));
        }
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Whether a table holds rows of the user's, at this revision or another, and so is not to hold ours. */
    boolean isFor(Table table) {
        return tables.contains(table.name().toLowerCase(Locale.ROOT));
    }

    /** Whether there are rows from this revision on. */
    boolean has(RevisionId revision) {
        return rows.containsKey(revision);
    }

    /**
     * Puts the rows of a revision in, and commits.
     *
     * @param connection in autocommit mode, and left in it
     * @param schema the schema at that revision
     * @throws OwnRowsException when one is refused; those of its file are not there then
     */
    void put(RevisionId revision, Connection connection, Scope scope, Schema schema) throws SQLException {
        for (OwnRows own : rows.getOrDefault(revision, List.of())) {
            connection.setAutoCommit(false);
            try {
                if (own.table().isEmpty()) {
                    run(own, connection, schema);
                } else {
                    insert(own, connection, scope, schema);
                }
                commit(own, connection);
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    private void run(OwnRows own, Connection connection, Schema schema) {
        for (SqlStatement statement : dialect.split(own.text().apply(dialect.name()))) {
            try {
                dialect.execute(connection, statement);
            } catch (SQLException e) {
                Optional<String> constraint = ViolatedConstraint.of(e, statement.text(), schema);
                throw OwnRowsException.ofStatement(own, dialect.title(), statement, constraint, e);
            }
        }
    }

    private void insert(OwnRows own, Connection connection, Scope scope, Schema schema) throws SQLException {
        Table table = schema.tables().stream()
                .filter(there -> there.name().equals(own.table()))
                .min(Comparator.comparing(Table::schema))
                .orElseThrow(() -> OwnRowsException.ofText(
                        own,
                        "There is no table " + own.table() + ", after which the file is named, on " + dialect.title()
                                + ". Tables: "
                                + String.join(
                                        ", ",
                                        schema.tables().stream()
                                                .map(Table::name)
                                                .toList())
                                + ".",
                        null));
        CsvRows csv = parsed(own);
        for (String column : csv.columns()) {
            if (table.column(column).isEmpty()) {
                throw OwnRowsException.ofText(
                        own,
                        "Table " + table.name() + " has no column " + column + " at that revision on " + dialect.title()
                                + ".",
                        null);
            }
        }
        CsvRows.Refusal refusal = csv.insertInto(connection, dialect, scope, schema, table);
        if (refusal != null) {
            throw OwnRowsException.ofRow(own, dialect.title(), refusal);
        }
    }

    private CsvRows parsed(OwnRows own) {
        SqlText text = own.text().apply(dialect.name());
        try {
            return CsvRows.parse(text.text());
        } catch (MalformedCsvException e) {
            throw OwnRowsException.ofText(own, String.valueOf(e.getMessage()), e);
        }
    }

    private void commit(OwnRows own, Connection connection) {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw OwnRowsException.ofCommit(own, dialect.title(), e);
        }
    }
}
