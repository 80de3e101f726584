package dev.turnstone.junit;

import dev.turnstone.scenario.PolicySettings;
import dev.turnstone.scenario.TimeSpan;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/** Finds the settings of the test class of a context; those of the innermost class have precedence. */
final class SettingsLookup {

    private static final String REGISTERED = "registered";

    private SettingsLookup() {}

    /**
     * An extension that a field of a class holds.
     *
     * @param testClass the class with the field
     * @param extension the built extension
     */
    private record Registered(Class<?> testClass, MigrationTestExtension extension, Declaration declaration) {}

    /** Returns the settings of the context's class; they are read once for each class of a run. */
    static MigrationTestSettings settings(ExtensionContext context) {
        Class<?> testClass = context.getRequiredTestClass();
        return context.getRoot()
                .getStore(MigrationTestExtension.NAMESPACE)
                .getOrComputeIfAbsent(
                        testClass,
                        c -> new DeclarationReader(
                                        testClass,
                                        declaration(testClass, context),
                                        context.getConfigurationParameter(TimeSpan.TIMEOUT)
                                                .orElse(""),
                                        lockTimeout(context),
                                        policies(context))
                                .read(),
                        MigrationTestSettings.class);
    }

    private static @Nullable Duration lockTimeout(ExtensionContext context) {
        String value = context.getConfigurationParameter(TimeSpan.LOCK_TIMEOUT).orElse(null);
        try {
            return value == null ? null : TimeSpan.parse(value);
        } catch (IllegalArgumentException e) {
            throw new ExtensionConfigurationException(
                    TimeSpan.LOCK_TIMEOUT + " = " + value + " is invalid: " + e.getMessage(), e);
        }
    }

    private static PolicySettings policies(ExtensionContext context) {
        PolicySettings settings = PolicySettings.USUAL;
        for (String key : PolicySettings.keys()) {
            String value = context.getConfigurationParameter(PolicySettings.PREFIX + key)
                    .orElse(null);
            try {
                settings = value == null ? settings : settings.with(key, value);
            } catch (IllegalArgumentException e) {
                throw new ExtensionConfigurationException(
                        PolicySettings.PREFIX + key + " = " + value + " is invalid: " + e.getMessage(), e);
            }
        }
        return settings;
    }

    private static Declaration declaration(Class<?> testClass, ExtensionContext context) {
        Registered registered = registered(context);
        Optional<MigrationTest> own = AnnotationSupport.findAnnotation(testClass, MigrationTest.class);
        if (registered != null && (own.isEmpty() || registered.testClass == testClass)) {
            return registered.declaration;
        }
        return AnnotationSupport.findAnnotation(testClass, MigrationTest.class, context.getEnclosingTestClasses())
                .map(annotation -> Declaration.of(annotation, testClass))
                .orElseThrow(() -> nothingSaid(testClass));
    }

    /**
     * Adds an extension that a user built and registered.
     *
     * @throws ExtensionConfigurationException when the class already has another, or the annotation
     */
    static void register(MigrationTestExtension extension, Declaration declaration, ExtensionContext context) {
        Class<?> testClass = context.getRequiredTestClass();
        Registered known = registered(context);
        if (known != null && known.extension == extension) {
            return;
        }
        if (known != null && known.testClass == testClass) {
            throw new ExtensionConfigurationException("Class " + testClass.getName() + " registers two"
                    + " MigrationTestExtensions, in the fields " + fields(testClass) + ". Keep one of them; a @Nested"
                    + " class can have one of its own.");
        }
        if (AnnotationSupport.isAnnotated(testClass, MigrationTest.class)) {
            throw new ExtensionConfigurationException("Class " + testClass.getName()
                    + " has @MigrationTest, and registers a MigrationTestExtension in field " + fields(testClass)
                    + ". Keep one of the two, because their settings can differ.");
        }
        context.getStore(MigrationTestExtension.NAMESPACE)
                .put(REGISTERED, new Registered(testClass, extension, declaration));
    }

    /** Returns whether a built extension applies; the extension of the annotation then does nothing. */
    static boolean isRegistered(ExtensionContext context) {
        return registered(context) != null;
    }

    /** Returns whether this extension was registered before the first test, for the class or an enclosing one. */
    static boolean isRegistered(MigrationTestExtension extension, ExtensionContext context) {
        for (Optional<ExtensionContext> at = Optional.of(context);
                at.isPresent();
                at = at.get().getParent()) {
            Registered registered = registered(at.get());
            if (registered != null && registered.extension == extension) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Registered registered(ExtensionContext context) {
        return context.getStore(MigrationTestExtension.NAMESPACE).get(REGISTERED, Registered.class);
    }

    /** Returns the failure for an extension in a field that is not static, which JUnit registers too late. */
    static ExtensionConfigurationException notStatic(Class<?> testClass) {
        return new ExtensionConfigurationException("The MigrationTestExtension of class " + testClass.getName()
                + " is in the field " + fields(testClass)
                + ", which is not static. Make it static, or let the class have"
                + " @TestInstance(PER_CLASS): it must be there before the first test is.");
    }

    private static ExtensionConfigurationException nothingSaid(Class<?> testClass) {
        return fields(testClass).isEmpty()
                ? new ExtensionConfigurationException("Class " + testClass.getName()
                        + " uses a test database or MigrationScenarios, and has no @MigrationTest. Annotate it; the defaults"
                        + " look for revisions in classpath:db/migrations and run on SQLite and PostgreSQL.")
                : notStatic(testClass);
    }

    private static String fields(Class<?> testClass) {
        return String.join(
                " and ",
                AnnotationSupport.findAnnotatedFields(
                                testClass,
                                RegisterExtension.class,
                                field -> field.getType() == MigrationTestExtension.class,
                                HierarchyTraversalMode.TOP_DOWN)
                        .stream()
                        .map(Field::getName)
                        .map(name -> "'" + name + "'")
                        .toList());
    }
}
