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

/** The user's rows, by the revision after which they are inserted. Immutable. */
final class OwnRowsInsertion {

    /** Captures the name of a target table, quoted or not, with or without a schema name before it. */
    private static final Pattern TARGET =
            Pattern.compile("(?i)\\b(?:INTO|COPY)\\s+(?:(?:\"[^\"]+\"|\\w+)\\s*\\.\\s*)?(\"[^\"]+\"|\\w+)");

    private final Dialect dialect;
    private final Map<RevisionId, List<OwnRows>> rows = new HashMap<>();
    private final Set<String> tables = new HashSet<>();

    /**
     * Resolves the revisions of the user's rows.
     *
     * @throws OwnRowsException if a revision is not in the history or a file does not exist
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
     * Resolves the name of one revision that the user gives.
     *
     * @param name the name of the revision as the user wrote it
     * @param what the purpose of the revision, for the message
     * @param context the run whose history is searched
     * @throws OwnRowsException if the name does not denote exactly one revision
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

    /** Returns whether a table holds the user's rows at any revision. Such a table gets no generated rows. */
    boolean isFor(Table table) {
        return tables.contains(table.name().toLowerCase(Locale.ROOT));
    }

    /** Returns whether the user gives rows for this revision. */
    boolean has(RevisionId revision) {
        return rows.containsKey(revision);
    }

    /**
     * Inserts the rows of a revision and commits each file.
     *
     * @param connection a connection in autocommit mode; it is in autocommit mode again afterwards
     * @param schema the schema at that revision
     * @throws OwnRowsException if the database refuses a row; the rows of that file are rolled back
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
