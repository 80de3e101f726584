package dev.turnstone.junit;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.Dialects;
import dev.turnstone.error.TurnstoneException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Decides whether a test runs on a dialect, by {@link EnabledOnDialect} and the run's selection. */
final class DialectCondition {

    private static final ConditionEvaluationResult ENABLED =
            ConditionEvaluationResult.enabled("The test is enabled on its dialect.");

    private DialectCondition() {}

    /** Evaluates a method without a dialect. Factories and templates evaluate it again for each dialect. */
    static ConditionEvaluationResult evaluate(ExtensionContext context) {
        Method method = context.getRequiredTestMethod();
        if (UserTemplate.isOurs(context) || AnnotationSupport.isAnnotated(method, TestFactory.class)) {
            return ENABLED;
        }
        boolean takesDatabase = DatabaseParameter.takesDatabase(method)
                || DatabaseParameter.takesDatabaseAround(context.getRequiredTestClass());
        boolean restricted = AnnotationSupport.isAnnotated(method, EnabledOnDialect.class);
        if (!takesDatabase && !restricted) {
            return ENABLED;
        }
        List<Dialect> dialects = SettingsLookup.settings(context).dialects();
        if (dialects.size() == 1) {
            return RunSelection.of(context).isSelected(dialects.get(0))
                    ? evaluate(dialects.get(0), context)
                    : ConditionEvaluationResult.disabled("The run selects other dialects.");
        }
        if (restricted) {
            throw new ExtensionConfigurationException(quoted(method) + " on method " + method.getName() + " of class "
                    + method.getDeclaringClass().getName()
                    + " is invalid: the class runs on several dialects, and a plain"
                    + " test on none of them. Make the test a @TestTemplate that takes a MigratedDatabase.");
        }
        return ENABLED;
    }

    /** Evaluates a test on a dialect. */
    static ConditionEvaluationResult evaluate(Dialect dialect, ExtensionContext context) {
        return elements(context)
                .filter(element -> AnnotationSupport.isAnnotated(element, EnabledOnDialect.class))
                .filter(element -> !named(element).contains(dialect))
                .findFirst()
                .map(element ->
                        ConditionEvaluationResult.disabled(quoted(element) + " excludes " + dialect.name() + "."))
                .orElse(ENABLED);
    }

    /** Returns the method, its class, and the enclosing classes. */
    private static Stream<AnnotatedElement> elements(ExtensionContext context) {
        List<AnnotatedElement> elements = new ArrayList<>();
        context.getTestMethod().ifPresent(elements::add);
        elements.add(context.getRequiredTestClass());
        List<Class<?>> around = new ArrayList<>(context.getEnclosingTestClasses());
        Collections.reverse(around);
        elements.addAll(around);
        return elements.stream();
    }

    private static List<Dialect> named(AnnotatedElement element) {
        EnabledOnDialect annotation = annotation(element).orElseThrow();
        if (annotation.value().length == 0) {
            throw misuse(element, "Name " + Dialects.alternatives() + ".", null);
        }
        try {
            return Stream.of(annotation.value()).map(Dialects::named).toList();
        } catch (TurnstoneException e) {
            throw misuse(element, String.valueOf(e.getMessage()), e);
        }
    }

    private static ExtensionConfigurationException misuse(
            AnnotatedElement element, String remedy, @org.jspecify.annotations.Nullable Throwable cause) {
        String place = element instanceof Method method
                ? "method " + method.getName() + " of class "
                        + method.getDeclaringClass().getName()
                : "class " + ((Class<?>) element).getName();
        return new ExtensionConfigurationException(quoted(element) + " on " + place + " is invalid: " + remedy, cause);
    }

    private static String quoted(AnnotatedElement element) {
        return "@EnabledOnDialect("
                + Origin.ANNOTATION.list(
                        List.of(annotation(element).orElseThrow().value()))
                + ")";
    }

    private static Optional<EnabledOnDialect> annotation(AnnotatedElement element) {
        return AnnotationSupport.findAnnotation(element, EnabledOnDialect.class);
    }
}
