package dev.turnstone.operation;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** All kinds of operations that there are, so that a table of them cannot forget a new one. */
public final class OperationRecords {

    private OperationRecords() {}

    /** The names of all records; an operation of the user's own is none of them. */
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

    /** The names of the kinds of these operations; a batch counts for itself alone. */
    public static Set<String> kinds(Stream<? extends Operation> operations) {
        Set<String> names = new TreeSet<>();
        operations.forEach(operation -> names.add(operation.getClass().getSimpleName()));
        return names;
    }
}
