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
 * Provides databases to the scenarios and to test methods.
 *
 * <p>{@link MigrationTest} registers it. To configure tests by code, build one:
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

    /** Creates the extension that annotations register. */
    MigrationTestExtension() {
        this(null);
    }

    private MigrationTestExtension(@Nullable Declaration declaration) {
        this.declaration = declaration;
    }

    /** Returns a builder with the defaults of {@link MigrationTest}. */
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
            DatabaseParameter.refuseRevisionOfNothing(context);
        }
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return context.getTestMethod().isEmpty() || stepsBack(context)
                ? ConditionEvaluationResult.enabled("Each method decides.")
                : DialectCondition.evaluate(context);
    }

    /** Does nothing if the user built an extension, which then resolves the parameters. */
    private boolean stepsBack(ExtensionContext context) {
        return declaration == null && SettingsLookup.isRegistered(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        if (stepsBack(context)) {
            return false;
        }
        return parameter.getParameter().getType() == ScenarioTree.class
                || (DatabaseParameter.isOurs(parameter, context) && !UserTemplate.isOurs(context));
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        MigrationTestSettings settings = SettingsLookup.settings(context);
        return parameter.getParameter().getType() == ScenarioTree.class
                ? new ScenarioTree(settings, TestRun.of(context), context)
                : DatabaseParameter.resolve(parameter, onlyDialect(settings, parameter), context);
    }

    private static Dialect onlyDialect(MigrationTestSettings settings, ParameterContext parameter) {
        if (settings.dialects().size() > 1) {
            throw new ParameterResolutionException(DatabaseParameter.taking(parameter) + ", and "
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

    /** Configures an extension like {@link MigrationTest}. Immutable: each method returns another builder. */
    public static final class Builder {

        private final Declaration said;

        private Builder(Declaration said) {
            this.said = said;
        }

        /** Sets the locations of the revisions: {@code classpath:some/folder}, or the path of a directory. */
        public Builder locations(String... locations) {
            return new Builder(said.withLocations(List.of(locations)));
        }

        /** Sets the directory of the revisions. */
        public Builder location(Path directory) {
            return locations(directory.toString());
        }

        /** Sets the dialects to run on: {@code sqlite}, {@code postgresql}. */
        public Builder dialects(String... dialects) {
            return new Builder(said.withDialects(List.of(dialects)));
        }

        /** Sets the scenarios to run, by name; none for the default ones. */
        public Builder scenarios(String... scenarios) {
            return new Builder(said.withScenarios(List.of(scenarios)));
        }

        /** Sets the revisions to check, each an id, a prefix of it, a label or a range; none for all. */
        public Builder revisions(String... revisions) {
            return new Builder(said.withRevisions(List.of(revisions)));
        }

        /** Sets the minimum downgrade revision; see {@link MigrationTest#minimumDowngrade}. */
        public Builder minimumDowngrade(String revision) {
            return new Builder(said.withSelection(said.selection().withMinimumDowngrade(revision)));
        }

        /**
         * Skips a revision, like {@link MigrationTest#skip}; may be called several times.
         *
         * @throws IllegalArgumentException when the reason is blank
         */
        public Builder skip(String revision, String reason) {
            return new Builder(said.withSelection(said.selection().withSkipped(revision, reason)));
        }

        /** Sets the baseline; see {@link MigrationTest#baseline()}. */
        public Builder baseline(String file) {
            return new Builder(said.withBaseline(file));
        }

        /** Sets the revision whose schema the baseline has; the default is head. */
        public Builder baselineRevision(String revision) {
            return new Builder(said.withBaselineRevision(revision));
        }

        /** Sets the SQL file that runs in every database before the history. */
        public Builder before(String file) {
            return new Builder(said.withBefore(file));
        }

        /** Sets how the scenario {@code cross-dialect} compares, and the intentional differences between the dialects. */
        public Builder logicalRules(LogicalRules rules) {
            return new Builder(said.withRules(rules));
        }

        /** Sets whether a body that cannot run twice is an error. */
        public Builder idempotentBodies(IdempotentBodies idempotentBodies) {
            return new Builder(said.withIdempotentBodies(idempotentBodies));
        }

        /** Sets which schemas are compared with snapshot files; see {@link MigrationTest#snapshots()}. */
        public Builder snapshots(SnapshotsKept kept) {
            return new Builder(said.withSnapshots(kept));
        }

        /** Sets the image of the PostgreSQL container for this class; see {@link MigrationTest#postgresImage()}. */
        public Builder postgresImage(String image) {
            return new Builder(said.withPostgresImage(image));
        }

        /** Sets the time limit of one command; see {@link MigrationTest#timeout}. */
        public Builder timeout(String time) {
            return new Builder(said.withTimeout(time));
        }

        /** Sets the factory of the migration tool, which receives {@link #locations}; the history is that of the tool. */
        public Builder tool(MigrationToolFactory factory) {
            return new Builder(said.withTool(() -> factory));
        }

        /** Sets the migration tool, with a history that is already loaded. */
        public Builder tool(MigrationTool tool) {
            return tool((locations, classes) -> tool);
        }

        /** Builds the extension, for a field with {@code @RegisterExtension}. Settings are validated when a test needs them. */
        public MigrationTestExtension build() {
            return new MigrationTestExtension(said);
        }
    }
}
