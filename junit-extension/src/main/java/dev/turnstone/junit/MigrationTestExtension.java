package dev.turnstone.junit;

import dev.turnstone.Migrator;
import dev.turnstone.database.TestDatabase;
import dev.turnstone.dialect.Dialect;
import dev.turnstone.scenario.BundledEngine;
import dev.turnstone.scenario.ScenarioContext;
import dev.turnstone.scenario.ScenarioRun;
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
import org.junit.platform.commons.support.AnnotationSupport;

/** Gives the scenarios and the user's own methods what they ask for. Registered by {@link MigrationTest}. */
final class MigrationTestExtension implements ParameterResolver, TestTemplateInvocationContextProvider {

    static final Namespace NAMESPACE = Namespace.create(MigrationTestExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == ScenarioTree.class || (type == MigratedDatabase.class && !isTemplate(context));
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        MigrationTestSettings settings = MigrationTestSettings.of(context);
        return parameter.getParameter().getType() == ScenarioTree.class
                ? tree(settings, context)
                : migratedDatabase(onlyDialect(settings, parameter), settings, context);
    }

    /** A template's invocations bring their own resolver, which knows the dialect. */
    private static boolean isTemplate(ExtensionContext context) {
        return context.getTestMethod()
                .filter(m -> AnnotationSupport.isAnnotated(m, TestTemplate.class))
                .isPresent();
    }

    private static ScenarioTree tree(MigrationTestSettings settings, ExtensionContext context) {
        TestRun run = TestRun.of(context);
        return new ScenarioTree(
                new BundledEngine(settings.scripts()),
                settings.dialects(),
                run.databases(),
                settings.options(),
                run.report(settings),
                scenarioRun -> closeWith(context, scenarioRun),
                context::publishReportEntry);
    }

    private static void closeWith(ExtensionContext context, ScenarioRun run) {
        AutoCloseable closing = run;
        context.getStore(NAMESPACE).put(run, closing);
    }

    private static Dialect onlyDialect(MigrationTestSettings settings, ParameterContext parameter) {
        if (settings.dialects().size() > 1) {
            throw new ParameterResolutionException("Method "
                    + parameter.getDeclaringExecutable().getName()
                    + " takes a MigratedDatabase, and @MigrationTest names "
                    + settings.dialects().stream().map(Dialect::name).collect(Collectors.joining(" and "))
                    + ". Make it a @TestTemplate instead of a @Test: it then runs once for each of them.");
        }
        return settings.dialects().get(0);
    }

    private static MigratedDatabase migratedDatabase(
            Dialect dialect, MigrationTestSettings settings, ExtensionContext context) {
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
        return List.of(context.getRequiredTestMethod().getParameterTypes()).contains(MigratedDatabase.class);
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
            return migratedDatabase(dialect, MigrationTestSettings.of(context), context);
        }
    }
}
