package dev.turnstone.assertions;

import dev.turnstone.schema.SchemaObject;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Assertions about an enum. */
public final class EnumAssert extends PartAssert<EnumAssert, SchemaObject> {

    EnumAssert(@Nullable SchemaObject actual, Context context) {
        super(actual, EnumAssert.class, context);
    }

    /** Verifies the values in order. */
    public EnumAssert hasValues(String... values) {
        if (isAbsent()) {
            return this;
        }
        String expected =
                Stream.of(values).map(v -> "'" + v.replace("'", "''") + "'").collect(Collectors.joining(", "));
        String found = actual.attributes().getOrDefault("values", "none");
        return expected.equals(found) ? this : failOn("The list of values of " + actual.id(), expected, found);
    }
}
