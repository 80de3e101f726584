package dev.turnstone.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnstone.operation.Migration;
import dev.turnstone.operation.Operations;
import dev.turnstone.operation.RevisionHeader;
import dev.turnstone.revision.Direction;
import dev.turnstone.revision.Revision;
import dev.turnstone.revision.RevisionId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

public class ClassSourceTests {

    private abstract static class NoUpgrade implements Migration {
        @Override
        public void upgrade(Operations op) {}
    }

    private abstract static class BothWays extends NoUpgrade {
        @Override
        public void downgrade(Operations op) {}
    }

    @RevisionHeader(
            id = "c41d",
            parents = {"b7f2", "9e01"},
            dependsOn = "core",
            labels = {"shop", "jobs"},
            message = "give jobs a priority",
            created = "2024-05-31T14:30",
            transaction = false,
            rerunExempt = "it fills a table",
            locks = "no one is there at night",
            notAdditive = "no one reads it",
            misnamed = "an old name",
            forbidden = "decided so")
    public static final class Complete extends BothWays {}

    @RevisionHeader(id = "a")
    public static final class Bare extends NoUpgrade {}

    @RevisionHeader(id = "a", keep = "rows stay")
    public static final class Keeps extends NoUpgrade {}

    @RevisionHeader(id = "a", irreversible = "data is gone")
    public static final class Refuses extends NoUpgrade {}

    public static final class NotAnnotated extends NoUpgrade {}

    @RevisionHeader(id = "a")
    static final class NotPublic extends NoUpgrade {}

    @RevisionHeader(id = "a")
    public abstract static class Abstract extends NoUpgrade {}

    @RevisionHeader(id = "a")
    public static final class NeedsMore extends NoUpgrade {
        public NeedsMore(String more) {
            assertThat(more).isNotNull();
        }
    }

    @RevisionHeader(id = "a")
    public static final class HiddenConstructor extends NoUpgrade {
        private HiddenConstructor() {}
    }

    @RevisionHeader(id = "a")
    public static final class Fails extends NoUpgrade {
        public Fails() {
            throw new IllegalStateException("no database");
        }
    }

    @RevisionHeader(id = "a", keep = "x", irreversible = "y")
    public static final class KeepsAndRefuses extends NoUpgrade {}

    @RevisionHeader(id = "a", keep = "x")
    public static final class KeepsAndGoesDown extends BothWays {}

    @RevisionHeader(id = "a", irreversible = "x")
    public static final class RefusesAndGoesDown extends BothWays {}

    @RevisionHeader(id = "a", keep = " ")
    public static final class BlankReason extends NoUpgrade {}

    @RevisionHeader(id = "a-b")
    public static final class BadId extends NoUpgrade {}

    @RevisionHeader(id = "a", parents = "head")
    public static final class BadParent extends NoUpgrade {}

    @RevisionHeader(id = "a", created = "yesterday")
    public static final class BadDate extends NoUpgrade {}

    @Test
    void the_annotation_is_the_header() {
        MigrationScript script = ClassSource.of(Complete.class).load().get(0);

        assertThat(script.revision())
                .isEqualTo(new Revision(
                        RevisionId.of("c41d"),
                        List.of(RevisionId.of("b7f2"), RevisionId.of("9e01")),
                        List.of("core"),
                        Set.of("shop", "jobs"),
                        "give jobs a priority",
                        Instant.parse("2024-05-31T14:30:00Z"),
                        Complete.class.getName()));
        assertThat(script.migration()).isInstanceOf(Complete.class);
        assertThat(script.transaction(Direction.UPGRADE, "sqlite")).isEqualTo(TransactionMode.NONE);
        assertThat(script.rerunExempt()).isEqualTo("it fills a table");
        assertThat(script.exemptions())
                .isEqualTo(Map.of(
                        "locks",
                        "no one is there at night",
                        "not-additive",
                        "no one reads it",
                        "misnamed",
                        "an old name",
                        "forbidden",
                        "decided so"));
        assertThat(script.format()).isEqualTo(Format.TURNSTONE);
        assertThat(script.downgrade("sqlite")).isEqualTo(new Downgrade.Defined());
    }

    @Test
    void an_annotation_of_an_id_alone_is_a_base_in_one_transaction() {
        MigrationScript script = ClassSource.of(Bare.class).load().get(0);

        assertThat(script.revision()).isEqualTo(Revision.of(RevisionId.of("a"), List.of(), "", Bare.class.getName()));
        assertThat(script.transaction(Direction.UPGRADE, "sqlite")).isEqualTo(TransactionMode.PER_REVISION);
        assertThat(script.rerunExempt()).isNull();
        assertThat(script.exemptions()).isEmpty();
    }

    @Test
    void a_class_has_a_downgrade_or_a_reason_or_misses_it() {
        assertThat(ClassSource.of(Keeps.class, Refuses.class, Bare.class).load())
                .extracting(script -> script.downgrade("postgresql"))
                .containsExactly(
                        new Downgrade.Keep("rows stay"),
                        new Downgrade.Irreversible("data is gone"),
                        new Downgrade.Missing());
    }

    private static Arguments row(Class<? extends Migration> type, String message) {
        return Arguments.of(type, message);
    }

    static Stream<Arguments> refused() {
        String construction =
                "cannot be instantiated: a revision is a public class, not abstract, static if it is nested, "
                        + "with a public constructor without parameters.";
        String both = ", which replaces a downgrade. Remove one of the two.";
        return Stream.of(
                row(
                        NotAnnotated.class,
                        "is a Migration without @RevisionHeader. Annotate it with its id, or make it abstract if it is not a "
                                + "revision itself."),
                row(NotPublic.class, construction),
                row(Abstract.class, construction),
                row(NeedsMore.class, construction),
                row(HiddenConstructor.class, construction),
                row(
                        Fails.class,
                        "failed in its constructor: java.lang.IllegalStateException: no database. A revision's constructor "
                                + "must do nothing; move the work to upgrade."),
                row(
                        KeepsAndRefuses.class,
                        "has both keep and irreversible. Remove one of the two from @RevisionHeader."),
                row(KeepsAndGoesDown.class, "overrides downgrade, and has keep" + both),
                row(RefusesAndGoesDown.class, "overrides downgrade, and has irreversible" + both),
                row(BlankReason.class, "has a blank keep. Write a text, or remove it from @RevisionHeader."),
                row(
                        BadId.class,
                        "has a wrong id in id: 'a-b' is not a revision id: an id has none of @ - + : and no white space, "
                                + "comma, quote or slash. Choose another, such as 12 hexadecimal digits."),
                row(
                        BadParent.class,
                        "has a wrong id in parents: 'head' is not a revision id: this word is reserved for "
                                + "targets. Choose another, such as 12 hexadecimal digits."),
                row(
                        BadDate.class,
                        "has a wrong date. 'yesterday' is not an ISO-8601 date. Write 2024-05-31, 2024-05-31T14:30 (UTC) or "
                                + "2024-05-31T14:30+02:00."));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void an_invalid_class_is_refused(Class<? extends Migration> type, String message) {
        assertThatThrownBy(() -> ClassSource.of(type).load())
                .isInstanceOf(InvalidRevisionClassException.class)
                .hasMessage("Class " + type.getName() + " " + message);
    }

    @Test
    void classes_describe_themselves_by_name() {
        assertThat(ClassSource.of(Keeps.class, Bare.class).describe())
                .isEqualTo("classes " + Keeps.class.getName() + ", " + Bare.class.getName());
    }
}
