package dev.turnstone.operation;

import static dev.turnstone.schema.ColumnType.integer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.Dialects;
import dev.turnstone.schema.CheckConstraint;
import dev.turnstone.schema.Column;
import dev.turnstone.schema.ConstraintNaming;
import dev.turnstone.schema.ForeignKey;
import dev.turnstone.schema.Index;
import dev.turnstone.schema.ObjectKind;
import dev.turnstone.schema.PrimaryKey;
import dev.turnstone.schema.Schema;
import dev.turnstone.schema.SchemaObject;
import dev.turnstone.schema.Table;
import dev.turnstone.schema.UniqueConstraint;
import dev.turnstone.testing.DatabaseForTests;
import dev.turnstone.testing.EachDialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Constraints and indexes without a name get the same name on both dialects, and can be dropped by it. */
class ConventionalNamesTests {

    private static final Set<ObjectKind> NAMED = Set.of(
            ObjectKind.PRIMARY_KEY, ObjectKind.UNIQUE, ObjectKind.CHECK, ObjectKind.FOREIGN_KEY, ObjectKind.INDEX);

    private static void unnamed(Operations op) {
        op.createTable(
                "jobs",
                Column.of("id", integer()).notNull(),
                Column.of("size", integer()),
                Column.of("Owner Id", integer()),
                PrimaryKey.of("id"),
                UniqueConstraint.on("size", "Owner Id"),
                CheckConstraint.that("size > 0 AND 'id' <> 'x'"),
                CheckConstraint.that("size <> 7"),
                CheckConstraint.that("size <> \"Owner Id\""),
                ForeignKey.on("Owner Id", "jobs", "id"));
        op.createIndex("jobs", Index.on("size"));
        op.addConstraint("jobs", CheckConstraint.that("size < 100"));
        op.addConstraint("jobs", UniqueConstraint.on("id", "size"));
        op.batchAlterTable("jobs", t -> t.addConstraint(ForeignKey.on("size", "jobs", "id")));
        op.createTableIfNotExists("other", Column.of("a", integer()), PrimaryKey.of("a"));
    }

    private static Set<String> names(DatabaseForTests database, Consumer<Operations> body) throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            OneRevision.run(connection, body);
            return schema(connection).objects().values().stream()
                    .filter(object -> NAMED.contains(object.id().kind()))
                    .map(SchemaObject::id)
                    .map(id -> id.name().replaceFirst("^(jobs|other)\\.", ""))
                    .collect(Collectors.toSet());
        }
    }

    private static Schema schema(Connection connection) throws SQLException {
        Dialect dialect = Dialects.of(connection);
        return dialect.read(connection, dialect.currentScope(connection));
    }

    @EachDialect
    void namesAreEqualOnBothDialects(DatabaseForTests database) throws SQLException {
        assertThat(names(database, ConventionalNamesTests::unnamed))
                .containsExactlyInAnyOrder(
                        "pk_jobs",
                        "uq_jobs_size_Owner Id",
                        "ck_jobs_size",
                        "ck_jobs_size_2",
                        "ck_jobs_size_Owner Id",
                        "fk_jobs_Owner Id_jobs",
                        "ix_jobs_size",
                        "ck_jobs_04791942",
                        "uq_jobs_id_size",
                        "fk_jobs_size_jobs",
                        "pk_other");
    }

    @EachDialect
    void dropsAConstraintByItsConventionalName(DatabaseForTests database) throws SQLException {
        assertThat(names(database, ((Consumer<Operations>) ConventionalNamesTests::unnamed).andThen(op -> {
                            op.dropConstraint("jobs", "ck_jobs_size_2");
                            op.dropConstraint("jobs", "ck_jobs_04791942");
                            op.dropConstraint("jobs", "fk_jobs_Owner Id_jobs");
                            op.dropIndex("ix_jobs_size");
                        })))
                .containsExactlyInAnyOrder(
                        "pk_jobs",
                        "uq_jobs_size_Owner Id",
                        "ck_jobs_size",
                        "ck_jobs_size_Owner Id",
                        "uq_jobs_id_size",
                        "fk_jobs_size_jobs",
                        "pk_other");
    }

    @EachDialect
    void aMigrationCanUseItsOwnConvention(DatabaseForTests database) throws SQLException {
        ConstraintNaming own =
                ConstraintNaming.DEFAULT.with(ObjectKind.UNIQUE, "%(table_name)s_%(column_0_N_name)s_key");

        assertThat(names(database, op -> op.withNaming(own)
                        .createTable("jobs", Column.of("a", integer()), UniqueConstraint.on("a"))))
                .containsExactly("jobs_a_key");
    }

    @EachDialect
    void anOverlongNameIsEqualOnBothDialects(DatabaseForTests database) throws SQLException {
        String wide = "column_with_a_name_that_is_rather_long_for_what_it_is";

        assertThat(names(
                        database,
                        op -> op.createTable(
                                "jobs",
                                Column.of(wide, integer()),
                                UniqueConstraint.on(wide, wide.substring(9)),
                                Column.of(wide.substring(9), integer()))))
                .singleElement()
                .asString()
                .hasSize(63)
                .startsWith("uq_jobs_column_with_a_name_that_is_rather_long_for_wha");
    }

    @EachDialect
    void runDoesNotChangeTheNamesOfAnOperation(DatabaseForTests database) throws SQLException {
        assertThat(names(
                        database,
                        op -> op.run(new Operation.CreateTable(
                                Table.of("jobs", List.of(Column.of("a", integer()), PrimaryKey.of("a")))))))
                .containsExactly(database.isPostgresql() ? "jobs_pkey" : "(a)");
    }

    @EachDialect
    void rejectsAnIndexOnAnExpressionWithoutAName(DatabaseForTests database) {
        Index index = new Index("", false, List.of(new Index.Key(null, "lower(a)", "")), null, new TreeMap<>(), false);

        assertThatThrownBy(() -> names(database, op -> op.createIndex("jobs", index)))
                .hasMessageContaining("An index of table jobs on an expression needs a name");
    }
}
