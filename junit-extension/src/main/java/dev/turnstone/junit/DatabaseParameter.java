package dev.turnstone.junit;

import dev.turnstone.Migrator;
import dev.turnstone.dialect.Dialect;
import dev.turnstone.error.TurnstoneException;
import dev.turnstone.snapshot.SchemaSnapshot;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.sql.Connection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/** Resolves database parameters of test methods. */
final class DatabaseParameter {

    /** Types that only Turnstone resolves. */
    private static final Set<Class<?>> OURS = Set.of(MigratedDatabase.class, Migrator.class, SchemaSnapshot.class);

    private static final Set<Class<?>> COMMON = Set.of(DataSource.class, Connection.class);
    private static final String HEADS = "heads";

    private DatabaseParameter() {}

    /** Returns whether Turnstone resolves a parameter. It does not if the type is common and another annotation is present. */
    static boolean isOurs(ParameterContext context, ExtensionContext extension) {
        Parameter parameter = context.getParameter();
        boolean marked = AnnotationSupport.isAnnotated(parameter, AtRevision.class);
        if (marked && !isDatabase(parameter)) {
            throw new ParameterResolutionException(revision(parameter) + " on parameter " + parameter.getName() + " of "
                    + place(context.getDeclaringExecutable()) + " is invalid: the parameter is a "
                    + parameter.getType().getSimpleName()
                    + ". Take a MigratedDatabase, Migrator, DataSource, Connection or"
                    + " SchemaSnapshot.");
        }
        return OURS.contains(parameter.getType())
                || (COMMON.contains(parameter.getType())
                        && extension.getTestMethod().isPresent()
                        && (marked || isPlain(parameter)));
    }

    private static boolean isDatabase(Parameter parameter) {
        return OURS.contains(parameter.getType()) || COMMON.contains(parameter.getType());
    }

    private static boolean isPlain(Parameter parameter) {
        return Stream.of(parameter.getAnnotations())
                .map(Annotation::annotationType)
                .allMatch(type -> type.getSimpleName().matches("N(onN|onn|ull).*"));
    }

    /** Returns whether a method has a database parameter. */
    static boolean takesDatabase(Method method) {
        return Stream.of(method.getParameters())
                .anyMatch(parameter -> OURS.contains(parameter.getType())
                        || (COMMON.contains(parameter.getType())
                                && (AnnotationSupport.isAnnotated(parameter, AtRevision.class) || isPlain(parameter))));
    }

    /** Returns whether a lifecycle method of a class has a database parameter. */
    static boolean takesDatabaseAround(Class<?> testClass) {
        return Stream.of(BeforeEach.class, AfterEach.class)
                .flatMap(around ->
                        AnnotationSupport.findAnnotatedMethods(testClass, around, HierarchyTraversalMode.TOP_DOWN)
                                .stream())
                .anyMatch(DatabaseParameter::takesDatabase);
    }

    /**
     * Returns the argument for a parameter.
     *
     * @throws ParameterResolutionException when it cannot be resolved; the message gives the reason
     */
    static Object resolve(ParameterContext parameter, Dialect dialect, ExtensionContext context) {
        if (context.getTestMethod().isEmpty()) {
            throw new ParameterResolutionException(taking(parameter)
                    + ", but each test has its own database. Take it as a parameter of the test, or of a method with"
                    + " @BeforeEach or @AfterEach.");
        }
        TestMethodDatabases databases = TestMethodDatabases.of(context, dialect);
        String target = target(parameter, context);
        Class<?> type = parameter.getParameter().getType();
        if (type == Connection.class) {
            return databases.connect(target);
        }
        MigratedDatabase database = databases.at(target);
        if (type == Migrator.class) {
            return migrator(database, parameter);
        }
        return type == DataSource.class
                ? database.dataSource()
                : type == SchemaSnapshot.class ? database.snapshot() : database;
    }

    private static Migrator migrator(MigratedDatabase database, ParameterContext parameter) {
        try {
            return database.migrator();
        } catch (UnsupportedOperationException e) {
            throw new ParameterResolutionException(taking(parameter) + ". " + e.getMessage(), e);
        }
    }

    /** Returns the revision of a parameter: its own annotation, else that of its method, else that of the test. */
    private static String target(ParameterContext parameter, ExtensionContext context) {
        return Stream.of(parameter.getParameter(), parameter.getDeclaringExecutable(), context.getRequiredTestMethod())
                .filter(element -> AnnotationSupport.isAnnotated(element, AtRevision.class))
                .findFirst()
                .map(element -> checked(element, parameter, context))
                .orElse(HEADS);
    }

    private static String checked(AnnotatedElement element, ParameterContext parameter, ExtensionContext context) {
        String target = AnnotationSupport.findAnnotation(element, AtRevision.class)
                .orElseThrow()
                .value();
        try {
            SettingsLookup.settings(context).tool().graph().resolve(target, Set.of());
            return target;
        } catch (TurnstoneException e) {
            throw new ParameterResolutionException(
                    revision(element) + " on "
                            + (element instanceof Parameter named ? "parameter " + named.getName() + " of " : "")
                            + place(element instanceof Executable method ? method : parameter.getDeclaringExecutable())
                            + " is invalid: " + e.getMessage(),
                    e);
        }
    }

    /**
     * Refuses a method with {@link AtRevision} and without a database parameter.
     *
     * @throws ExtensionConfigurationException for such a method
     */
    static void refuseRevisionOfNothing(ExtensionContext context) {
        Optional<Method> idle = context.getTestMethod()
                .filter(method -> AnnotationSupport.isAnnotated(method, AtRevision.class))
                .filter(method -> !takesDatabase(method) && !takesDatabaseAround(context.getRequiredTestClass()));
        if (idle.isPresent()) {
            throw new ExtensionConfigurationException(revision(idle.get()) + " on " + place(idle.get())
                    + " has no effect, because no database is used. Let the method take a MigratedDatabase, Migrator, DataSource,"
                    + " Connection or SchemaSnapshot, or remove the annotation.");
        }
    }

    private static String revision(AnnotatedElement element) {
        return AnnotationSupport.findAnnotation(element, AtRevision.class)
                .map(annotation -> "@AtRevision(" + Declaration.quoted(annotation.value()) + ")")
                .orElse("@AtRevision");
    }

    /** Returns the beginning of a message: the method and the type of its parameter. */
    static String taking(ParameterContext parameter) {
        Executable taking = parameter.getDeclaringExecutable();
        String type = parameter.getParameter().getType().getSimpleName();
        return (taking instanceof Constructor
                        ? "The constructor of " + taking.getName()
                        : "Method " + taking.getName() + " of class "
                                + taking.getDeclaringClass().getName())
                + " takes a " + type;
    }

    private static String place(Executable executable) {
        return "method " + executable.getName() + " of class "
                + executable.getDeclaringClass().getName();
    }
}
