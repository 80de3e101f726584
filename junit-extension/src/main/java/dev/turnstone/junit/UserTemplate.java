package dev.turnstone.junit;

import dev.turnstone.dialect.Dialect;
import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/** A user's test method that runs once for each dialect. */
final class UserTemplate {

    private UserTemplate() {}

    /**
     * Returns whether Turnstone's own invocations, which have a dialect, resolve the parameters of the context's method.
     * Other templates, such as repeated and parameterized tests, have their own invocation contexts.
     */
    static boolean isOurs(ExtensionContext context) {
        return context.getTestMethod()
                .filter(method -> AnnotationSupport.isAnnotated(method, TestTemplate.class))
                .filter(method -> !isInvokedByAnother(method))
                .isPresent();
    }

    private static boolean isInvokedByAnother(Method method) {
        // JUnit invokes repeated tests itself, without an annotation for the provider.
        return AnnotationSupport.isAnnotated(method, RepeatedTest.class)
                || AnnotationSupport.findRepeatableAnnotations(method, ExtendWith.class).stream()
                        .flatMap(extend -> Stream.of(extend.value()))
                        .anyMatch(extension -> extension != MigrationTestExtension.class
                                && TestTemplateInvocationContextProvider.class.isAssignableFrom(extension));
    }

    /** Returns whether the method or one of its lifecycle methods uses a database. */
    static boolean wantsDatabase(ExtensionContext context) {
        Method method = context.getRequiredTestMethod();
        return DatabaseParameter.takesDatabase(method)
                || AnnotationSupport.isAnnotated(method, AtRevision.class)
                || AnnotationSupport.isAnnotated(method, EnabledOnDialect.class)
                || DatabaseParameter.takesDatabaseAround(context.getRequiredTestClass());
    }

    /** One invocation. */
    record OnDialect(Dialect dialect) implements TestTemplateInvocationContext, ParameterResolver, ExecutionCondition {

        @Override
        public String getDisplayName(int invocationIndex) {
            return dialect.name();
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(this);
        }

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return DialectCondition.evaluate(dialect, context);
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return DatabaseParameter.isOurs(parameter, context);
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return DatabaseParameter.resolve(parameter, dialect, context);
        }
    }
}
