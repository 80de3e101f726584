package dev.turnstone.operation;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The names of all kinds of operations, so that a test can prove that it covers each of them. */
public final class OperationRecords {

    private OperationRecords() {}

    /** Returns the names of all operation records, without user-defined operations. */
    public static Set<String> all() {
        Set<String> names = new TreeSet<>();
        collect(Operation.class, names);
        return names;
    }

    private static void collect(Class<?> type, Set<String> names) {
        if (type.isRecord()) {
            names.add(type.getSimpleName());
        } else if (type.isSealed()) {
            Stream.of(type.getPermittedSubclasses()).forEach(permitted -> collect(permitted, names));
        }
    }

    /** Returns the kinds of these operations. A batch counts as one kind, without the changes in it. */
    public static Set<String> kinds(Stream<? extends Operation> operations) {
        Set<String> names = new TreeSet<>();
        operations.forEach(operation -> names.add(operation.getClass().getSimpleName()));
        return names;
    }
}
