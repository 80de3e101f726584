package dev.turnstone.assertions;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The test method that calls an assertion.
 *
 * @param className the simple name of its outermost class
 * @param method its name; also the result for a call from a lambda in the method
 */
record CallingTest(String className, String method) {

    private static final Pattern LAMBDA = Pattern.compile("lambda\\$(.+)\\$\\d+");
    private static final Set<Class<?>> SKIPPED = Set.of(CallingTest.class, SchemaSnapshotAssert.class);

    static CallingTest find() {
        return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .walk(frames -> frames.filter(frame -> !SKIPPED.contains(frame.getDeclaringClass()))
                        .findFirst()
                        .map(frame -> new CallingTest(
                                outermost(frame.getDeclaringClass()).getSimpleName(),
                                withoutLambda(frame.getMethodName())))
                        .orElseThrow());
    }

    private static Class<?> outermost(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return outer == null ? type : outermost(outer);
    }

    private static String withoutLambda(String method) {
        Matcher lambda = LAMBDA.matcher(method);
        return lambda.matches() ? lambda.group(1) : method;
    }

    String snapshotName() {
        return className + "." + method;
    }
}
