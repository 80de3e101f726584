package dev.turnstone.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamingConventionTests {

    private static Schema schema(TableElement constraint, Index index) {
        Table table = Table.of(
                "orders",
                List.of(
                        Column.of("id", ColumnType.integer()),
                        Column.of("customer", ColumnType.integer()),
                        Column.of("state", ColumnType.text()),
                        constraint));
        Table with = new Table(
                "",
                "orders",
                table.columns(),
                table.primaryKey(),
                table.uniques(),
                table.checks(),
                table.foreignKeys(),
                List.of(index),
                List.of(),
                new TreeMap<>(),
                null);
        return new Schema(List.of(with), List.of(), List.of());
    }

    private static final Index RIGHT = Index.of("ix_orders_state", "state");

    private static String violations(NamingConvention convention, TableElement constraint, Index index) {
        return convention.violationsIn(schema(constraint, index)).stream()
                .map(v -> v.object() + " -> " + v.expected())
                .collect(Collectors.joining("; "));
    }

    @Test
    void acceptsTheStandardNames() {
        NamingConvention standard = NamingConvention.standard();
        assertThat(violations(standard, PrimaryKey.of("id").named("pk_orders"), RIGHT))
                .isEmpty();
        assertThat(violations(standard, UniqueConstraint.of("uq_orders_customer", "customer", "state"), RIGHT))
                .isEmpty();
        assertThat(violations(standard, CheckConstraint.of("ck_orders_positive", "id > 0"), RIGHT))
                .isEmpty();
        assertThat(violations(
                        standard, ForeignKey.of("fk_orders_customer_customers", "customer", "customers", "id"), RIGHT))
                .isEmpty();
    }

    @Test
    void reportsOtherNames() {
        NamingConvention standard = NamingConvention.standard();
        assertThat(violations(standard, PrimaryKey.of("id").named("orders_pkey"), Index.of("by_state", "state")))
                .isEqualTo("primary-key orders.orders_pkey -> pk_orders; index by_state -> ix_orders_state");
        assertThat(violations(standard, CheckConstraint.of("positive", "id > 0"), RIGHT))
                .isEqualTo("check orders.positive -> ck_orders_*");
        assertThat(violations(standard, CheckConstraint.of("ck_orders_", "id > 0"), RIGHT))
                .isEqualTo("check orders.ck_orders_ -> ck_orders_*");
    }

    @Test
    void identifiesAConstraintWithoutANameByItsColumns() {
        assertThat(violations(NamingConvention.standard(), PrimaryKey.of("id"), RIGHT))
                .isEqualTo("primary-key orders.(id) -> pk_orders");
        assertThat(violations(NamingConvention.standard().allowingUnnamed(), PrimaryKey.of("id"), RIGHT))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "%(column_0_name)s, customer",
        "%(column_1_name)s, state",
        "%(column_0_label)s, orders_customer",
        "%(column_0_key)s, customer",
        "%(column_0_N_name)s, customer_state",
        "%(column_0N_name)s, customerstate",
        "%(column_0_N_label)s, orders_customer_orders_state",
        "x.%(table_name)s, x.orders"
    })
    void replacesEveryTokenOfSqlalchemy(String template, String name) {
        NamingConvention convention = NamingConvention.standard().with(ObjectKind.INDEX, template);
        assertThat(violations(convention, PrimaryKey.of("id").named("pk_orders"), Index.of(name, "customer", "state")))
                .isEmpty();
        assertThat(violations(convention, PrimaryKey.of("id").named("pk_orders"), Index.of("z", "customer", "state")))
                .isEqualTo("index z -> " + name);
    }

    @Test
    void replacesTheTokensOfReferencedColumns() {
        NamingConvention convention = NamingConvention.standard()
                .with(ObjectKind.FOREIGN_KEY, "fk_%(referred_column_0_name)s_%(referred_table_name)s");
        assertThat(violations(convention, ForeignKey.of("fk_id_customers", "customer", "customers", "id"), RIGHT))
                .isEmpty();
    }

    @Test
    void rejectsAnUnknownToken() {
        assertThatThrownBy(() -> NamingConvention.standard().with(ObjectKind.INDEX, "ix_%(tabel)s"))
                .hasMessage("The naming convention for index, 'ix_%(tabel)s', has an unknown token: tabel");
    }
}
