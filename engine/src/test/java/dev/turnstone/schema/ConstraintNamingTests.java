package dev.turnstone.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ConstraintNamingTests {

    private static final ConstraintNaming DEFAULT = ConstraintNaming.DEFAULT;

    @Test
    void theDefaultConventionNamesEachKind() {
        assertThat(DEFAULT.index("jobs", List.of("a", "b"))).isEqualTo("ix_jobs_a_b");
        assertThat(DEFAULT.primaryKey("jobs", PrimaryKey.of("id"))).isEqualTo("pk_jobs");
        assertThat(DEFAULT.unique("jobs", UniqueConstraint.of("", "a", "b"))).isEqualTo("uq_jobs_a_b");
        assertThat(DEFAULT.foreignKey("jobs", ForeignKey.of("", "owner", "people", "id")))
                .isEqualTo("fk_jobs_owner_people");
        assertThat(DEFAULT.check("jobs", CheckConstraint.of("positive", "a > 0")))
                .isEqualTo("ck_jobs_positive");
        assertThat(DEFAULT.check("jobs", new CheckConstraint(null, "a > b", List.of("a", "b"), new TreeMap<>())))
                .isEqualTo("ck_jobs_a_b");
    }

    @Test
    void replacesAllTokens() {
        ConstraintNaming own = DEFAULT.with(
                ObjectKind.FOREIGN_KEY,
                "%(table_name)s-%(column_0_name)s-%(column_1_name)s-%(column_0N_name)s-%(column_0_N_name)s-"
                        + "%(referred_table_name)s-%(referred_column_0_name)s-%(column_0_label)s-%(column_1_key)s-"
                        + "%(column_0N_label)s-%(referred_column_0_N_label)s");

        assertThat(own.foreignKey(
                        "t", new ForeignKey(null, List.of("a", "b"), "p", List.of("x", "y"), new TreeMap<>())))
                .isEqualTo("t-a-b-ab-a_b-p-x-t_a-b-t_at_b-p_x_p_y");
    }

    @Test
    void rejectsAnUnknownToken() {
        assertThatThrownBy(() -> DEFAULT.with(ObjectKind.INDEX, "%(colour)s").index("t", List.of("a")))
                .hasMessage("The naming convention has an unknown token %(colour)s, in %(colour)s.");
    }

    @Test
    void shortensALongNameToAStableAndDistinctName() {
        String one = DEFAULT.index("jobs", List.of("ä".repeat(40)));
        String other = DEFAULT.index("jobs", List.of("ä".repeat(41)));

        assertThat(one.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(63);
        assertThat(one).startsWith("ix_jobs_ää").isEqualTo(DEFAULT.index("jobs", List.of("ä".repeat(40))));
        assertThat(other).isNotEqualTo(one);
    }
}
