package dev.turnstone.scenario;

import dev.turnstone.schema.Difference;
import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.SchemaObject;
import java.util.List;
import java.util.Map;

/**
 * What a step has changed in a schema.
 *
 * @param before all objects before it
 * @param after all objects after it
 * @param differences what differs; what belongs to an object that came or went as a whole is not in it
 */
public record ObservedChange(
        Map<ObjectId, SchemaObject> before, Map<ObjectId, SchemaObject> after, List<Difference> differences) {

    public static ObservedChange between(DatabaseState before, DatabaseState after) {
        return new ObservedChange(
                before.schema().objects(), after.schema().objects(), before.schemaDifferencesTo(after));
    }

    /** Whether an object was there before. */
    public boolean had(ObjectId id) {
        return before.containsKey(id);
    }

    /** Whether the object is new, and not only called otherwise by the server. */
    public boolean isNew(SchemaObject object) {
        return !had(object.id())
                && differences.stream()
                        .noneMatch(difference -> difference instanceof Difference.Renamed renamed
                                && renamed.object().id().equals(object.id()));
    }
}
