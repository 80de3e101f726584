package dev.turnstone.junit;

import dev.turnstone.Migrator;
import dev.turnstone.database.TestDatabase;
import dev.turnstone.dialect.Dialect;
import dev.turnstone.scenario.BundledEngine;
import dev.turnstone.scenario.ScenarioContext;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Gives the scenarios and the user's own methods what they ask for. Registered by {@link MigrationTest}. */
final class MigrationTestExtension implements ParameterResolver, TestTemplateInvocationContextProvider {

    static final Namespace NAMESPACE = Namespace.create(MigrationTestExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == ScenarioTree.class || (type == MigratedDatabase.class && !runsOnEachDialect(context));
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        MigrationTestSettings settings = MigrationTestSettings.of(context);
        return parameter.getParameter().getType() == ScenarioTree.class
                ? new ScenarioTree(settings, TestRun.of(context), context)
                : migratedDatabase(onlyDialect(settings, parameter), parameter, context);
    }

    /**
     * Whether our own invocations, which know their dialect, resolve the parameters of this method. Other templates, such
     * as repeated and parameterized tests, bring invocations of their own.
     */
    private static boolean runsOnEachDialect(ExtensionContext context) {
        return context.getTestMethod()
                .filter(method -> method.isAnnotationPresent(TestTemplate.class))
                .isPresent();
    }

    private static Dialect onlyDialect(MigrationTestSettings settings, ParameterContext parameter) {
        if (settings.dialects().size() > 1) {
            throw new ParameterResolutionException(taking(parameter) + ", and @MigrationTest on class "
                    + settings.testClass().getName() + " names "
                    + settings.dialects().stream().map(Dialect::name).collect(Collectors.joining(" and "))
                    + ". Make the test a @TestTemplate instead of a @Test: it then runs once for each of them.");
        }
        return settings.dialects().get(0);
    }

    /** The database of a test method: the same for the method itself, and for what runs before and after it. */
    private static MigratedDatabase migratedDatabase(
            Dialect dialect, ParameterContext parameter, ExtensionContext context) {
        if (context.getTestMethod().isEmpty()) {
            throw new ParameterResolutionException(taking(parameter)
                    + ", and each test has a database of its own. Take it as a parameter of the test, or of a method with"
                    + " @BeforeEach or @AfterEach.");
        }
        return context.getStore(NAMESPACE)
                .getOrComputeIfAbsent(
                        MigratedDatabase.class, type -> migrate(dialect, context), MigratedDatabase.class);
    }

    private static String taking(ParameterContext parameter) {
        Executable taking = parameter.getDeclaringExecutable();
        return (taking instanceof Constructor ? "The constructor of " : "Method ") + taking.getName()
                + " takes a MigratedDatabase";
    }

    private static MigratedDatabase migrate(Dialect dialect, ExtensionContext context) {
        MigrationTestSettings settings = MigrationTestSettings.of(context);
        TestDatabase database = new ScenarioContext(
                        new BundledEngine(settings.scripts()),
                        dialect,
                        TestRun.of(context).databases(),
                        settings.options())
                .newDatabase();
        AutoCloseable closing = database;
        context.getStore(NAMESPACE).put(database, closing);
        Migrator migrator = Migrator.of(database.dataSource(), settings.scripts());
        migrator.upgrade("heads");
        return new MigratedDatabase(database, migrator);
    }

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return runsOnEachDialect(context)
                && List.of(context.getRequiredTestMethod().getParameterTypes()).contains(MigratedDatabase.class);
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        return MigrationTestSettings.of(context).dialects().stream().map(OnDialect::new);
    }

    /** One invocation of a user's method. */
    private record OnDialect(Dialect dialect) implements TestTemplateInvocationContext, ParameterResolver {

        @Override
        public String getDisplayName(int invocationIndex) {
            return dialect.name();
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(this);
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == MigratedDatabase.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return migratedDatabase(dialect, parameter, context);
        }
    }
}
