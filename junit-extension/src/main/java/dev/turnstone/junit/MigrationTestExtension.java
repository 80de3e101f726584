package dev.turnstone.junit;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.scenario.MigrationTool;
import dev.turnstone.scenario.ScenarioOptions.IdempotentBodies;
import dev.turnstone.scenario.SnapshotsKept;
import dev.turnstone.snapshot.LogicalRules;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/**
 * Gives the scenarios and the user's own methods what they ask for.
 *
 * <p>{@link MigrationTest} registers it. Who prefers code to the annotation builds one:
 *
 * <pre>{@code
 * class ShopMigrationsTest implements MigrationScenarios {
 *
 *     @RegisterExtension
 *     static final MigrationTestExtension MIGRATIONS =
 *             MigrationTestExtension.builder().locations("db/migrations").dialects("postgresql").build();
 * }
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public final class MigrationTestExtension
        implements BeforeAllCallback,
                BeforeEachCallback,
                ExecutionCondition,
                ParameterResolver,
                TestTemplateInvocationContextProvider {

    static final Namespace NAMESPACE = Namespace.create(MigrationTestExtension.class);

    private final @Nullable Declaration declaration;

    /** The one that annotations register. */
    MigrationTestExtension() {
        this(null);
    }

    private MigrationTestExtension(@Nullable Declaration declaration) {
        this.declaration = declaration;
    }

    /** Begins with the defaults of {@link MigrationTest}. */
    public static Builder builder() {
        return new Builder(Declaration.byDefault());
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (declaration != null) {
            SettingsLookup.register(this, declaration, context);
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (declaration != null && !SettingsLookup.isRegistered(this, context)) {
            throw SettingsLookup.notStatic(context.getRequiredTestClass());
        }
        if (!stepsBack(context)) {
            Wanted.refuseRevisionOfNothing(context);
        }
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return context.getTestMethod().isEmpty() || stepsBack(context)
                ? ConditionEvaluationResult.enabled("It is decided for each method.")
                : DialectCondition.evaluate(context);
    }

    /** Where the user has built an extension, that one answers. */
    private boolean stepsBack(ExtensionContext context) {
        return declaration == null && SettingsLookup.isRegistered(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        if (stepsBack(context)) {
            return false;
        }
        return parameter.getParameter().getType() == ScenarioTree.class
                || (Wanted.isOurs(parameter, context) && !UserTemplate.isOurs(context));
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        MigrationTestSettings settings = SettingsLookup.settings(context);
        return parameter.getParameter().getType() == ScenarioTree.class
                ? new ScenarioTree(settings, TestRun.of(context), context)
                : Wanted.resolve(parameter, onlyDialect(settings, parameter), context);
    }

    private static Dialect onlyDialect(MigrationTestSettings settings, ParameterContext parameter) {
        if (settings.dialects().size() > 1) {
            throw new ParameterResolutionException(Wanted.taking(parameter) + ", and "
                    + settings.said().quote("dialects", settings.said().dialects()) + " on class "
                    + settings.testClass().getName() + " names "
                    + settings.dialects().stream().map(Dialect::name).collect(Collectors.joining(" and "))
                    + ". Make the test a @TestTemplate instead of a @Test: it then runs once for each of them.");
        }
        return settings.dialects().get(0);
    }

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return !stepsBack(context) && UserTemplate.isOurs(context) && UserTemplate.wantsDatabase(context);
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        RunSelection selection = RunSelection.of(context);
        return SettingsLookup.settings(context).dialects().stream()
                .filter(selection::isSelected)
                .map(UserTemplate.OnDialect::new);
    }

    @Override
    public boolean mayReturnZeroTestTemplateInvocationContexts(ExtensionContext context) {
        return true;
    }

    /** Says what {@link MigrationTest} can say. Immutable: each method gives another builder. */
    public static final class Builder {

        private final Declaration said;

        private Builder(Declaration said) {
            this.said = said;
        }

        /** Where the revisions are: {@code classpath:some/folder}, or the path of a directory. */
        public Builder locations(String... locations) {
            return new Builder(said.withLocations(List.of(locations)));
        }

        /** Where the revisions are: a directory. */
        public Builder location(Path directory) {
            return locations(directory.toString());
        }

        /** The dialects to run on: {@code sqlite}, {@code postgresql}. */
        public Builder dialects(String... dialects) {
            return new Builder(said.withDialects(List.of(dialects)));
        }

        /** The scenarios to run, by name; none for the usual ones. */
        public Builder scenarios(String... scenarios) {
            return new Builder(said.withScenarios(List.of(scenarios)));
        }

        /** The revisions to look at, each an id, its beginning, a label or a range; none for all. */
        public Builder revisions(String... revisions) {
            return new Builder(said.withRevisions(List.of(revisions)));
        }

        /** The revision below which nothing is taken back, as {@link MigrationTest#minimumDowngrade} says it. */
        public Builder minimumDowngrade(String revision) {
            return new Builder(said.withSelection(said.selection().withMinimumDowngrade(revision)));
        }

        /**
         * Leaves a revision out, as {@link MigrationTest#skip} does; may be called several times.
         *
         * @throws IllegalArgumentException when the reason is blank
         */
        public Builder skip(String revision, String reason) {
            return new Builder(said.withSelection(said.selection().withSkipped(revision, reason)));
        }

        /** The SQL file that makes the schema of databases that were there before the first migration. */
        public Builder baseline(String file) {
            return new Builder(said.withBaseline(file));
        }

        /** The revision whose schema the baseline has; head where nothing is said. */
        public Builder baselineRevision(String revision) {
            return new Builder(said.withBaselineRevision(revision));
        }

        /** The SQL file that every database gets before the history. */
        public Builder before(String file) {
            return new Builder(said.withBefore(file));
        }

        /** How the scenario {@code cross-dialect} compares, and where the dialects are meant to differ. */
        public Builder logicalRules(LogicalRules rules) {
            return new Builder(said.withRules(rules));
        }

        /** How much it matters that a revision's body can run twice. */
        public Builder idempotentBodies(IdempotentBodies idempotentBodies) {
            return new Builder(said.withIdempotentBodies(idempotentBodies));
        }

        /** Which schemas are compared with snapshot files; see {@link MigrationTest#snapshots()}. */
        public Builder snapshots(SnapshotsKept kept) {
            return new Builder(said.withSnapshots(kept));
        }

        /** The image of a container in which PostgreSQL runs for this class; see {@link MigrationTest#postgresImage()}. */
        public Builder postgresImage(String image) {
            return new Builder(said.withPostgresImage(image));
        }

        /** How long one command may take, as {@link MigrationTest#timeout} says it. */
        public Builder timeout(String time) {
            return new Builder(said.withTimeout(time));
        }

        /** The tool that migrates; its own history counts, and {@link #locations} are passed to the factory. */
        public Builder tool(MigrationToolFactory factory) {
            return new Builder(said.withTool(() -> factory));
        }

        /** The tool that migrates, with a history that is already loaded. */
        public Builder tool(MigrationTool tool) {
            return tool((locations, classes) -> tool);
        }

        /** The extension, for a field with {@code @RegisterExtension}. What was said is looked at when a test needs it. */
        public MigrationTestExtension build() {
            return new MigrationTestExtension(said);
        }
    }
}
