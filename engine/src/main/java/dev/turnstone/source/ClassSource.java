package dev.turnstone.source;

import dev.turnstone.operation.Migration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A source of revisions that are annotated classes, listed one by one. Immutable and thread-safe. */
public final class ClassSource implements RevisionSource {

    private final List<Class<? extends Migration>> types;

    private ClassSource(List<Class<? extends Migration>> types) {
        this.types = types;
    }

    /**
     * Creates a source for classes.
     *
     * @param types public classes with {@link dev.turnstone.operation.RevisionHeader}, each with a public constructor
     *     without parameters
     */
    @SafeVarargs
    public static ClassSource of(Class<? extends Migration>... types) {
        List<Class<? extends Migration>> list = new ArrayList<>();
        for (Class<? extends Migration> type : types) {
            list.add(type);
        }
        return new ClassSource(List.copyOf(list));
    }

    /**
     * {@inheritDoc}
     *
     * @return the revisions in the order in which the classes were given
     * @throws InvalidRevisionClassException if a class or its header is invalid
     */
    @Override
    public List<MigrationScript> load() {
        List<MigrationScript> scripts = new ArrayList<>();
        for (Class<? extends Migration> type : types) {
            scripts.add(RevisionClass.script(type));
        }
        return List.copyOf(scripts);
    }

    @Override
    public String describe() {
        return types.stream().map(Class::getName).collect(Collectors.joining(", ", "classes ", ""));
    }
}
