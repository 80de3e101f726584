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

/** A user's method that runs once for each dialect. */
final class UserTemplate {

    private UserTemplate() {}

    /**
     * Whether our own invocations, which know their dialect, resolve the parameters of the context's method. Other
     * templates, such as repeated and parameterized tests, bring who invokes them.
     */
    static boolean isOurs(ExtensionContext context) {
        return context.getTestMethod()
                .filter(method -> AnnotationSupport.isAnnotated(method, TestTemplate.class))
                .filter(method -> !isInvokedByAnother(method))
                .isPresent();
    }

    private static boolean isInvokedByAnother(Method method) {
        // JUnit itself invokes the repeated ones, without an annotation that says so.
        return AnnotationSupport.isAnnotated(method, RepeatedTest.class)
                || AnnotationSupport.findRepeatableAnnotations(method, ExtendWith.class).stream()
                        .flatMap(extend -> Stream.of(extend.value()))
                        .anyMatch(extension -> extension != MigrationTestExtension.class
                                && TestTemplateInvocationContextProvider.class.isAssignableFrom(extension));
    }

    /** Whether the method, or what runs around it, has to do with a database. */
    static boolean wantsDatabase(ExtensionContext context) {
        Method method = context.getRequiredTestMethod();
        return Wanted.takesDatabase(method)
                || AnnotationSupport.isAnnotated(method, AtRevision.class)
                || AnnotationSupport.isAnnotated(method, EnabledOnDialect.class)
                || Wanted.takesDatabaseAround(context.getRequiredTestClass());
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
            return Wanted.isOurs(parameter, context);
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return Wanted.resolve(parameter, dialect, context);
        }
    }
}
