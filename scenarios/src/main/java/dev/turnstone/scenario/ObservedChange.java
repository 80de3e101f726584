package dev.turnstone.scenario;

import dev.turnstone.schema.Difference;
import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.SchemaObject;
import java.util.List;
import java.util.Map;

/**
 * The change of a schema by one step.
 *
 * @param before all objects before the step
 * @param after all objects after the step
 * @param differences the differences; parts of an object that was added or removed as a whole are not listed
 */
public record ObservedChange(
        Map<ObjectId, SchemaObject> before, Map<ObjectId, SchemaObject> after, List<Difference> differences) {

    public static ObservedChange between(DatabaseState before, DatabaseState after) {
        return new ObservedChange(
                before.schema().objects(), after.schema().objects(), before.schemaDifferencesTo(after));
    }

    /** Returns whether an object existed before the step. */
    public boolean had(ObjectId id) {
        return before.containsKey(id);
    }

    /** Returns whether the step added the object. An object that has only a new name from the server is not new. */
    public boolean isNew(SchemaObject object) {
        return !had(object.id())
                && differences.stream()
                        .noneMatch(difference -> difference instanceof Difference.Renamed renamed
                                && renamed.object().id().equals(object.id()));
    }
}
