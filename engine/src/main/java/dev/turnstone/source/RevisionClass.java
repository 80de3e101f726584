package dev.turnstone.source;

import dev.turnstone.operation.Migration;
import dev.turnstone.operation.Operations;
import dev.turnstone.operation.RevisionHeader;
import dev.turnstone.revision.InvalidRevisionIdException;
import dev.turnstone.revision.Revision;
import dev.turnstone.revision.RevisionId;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Creates a revision from an annotated class. */
final class RevisionClass {

    private final Class<?> type;
    private final RevisionHeader header;

    private RevisionClass(Class<?> type, RevisionHeader header) {
        this.type = type;
        this.header = header;
    }

    /**
     * Returns the revision of a class.
     *
     * @throws InvalidRevisionClassException if the class or its header is invalid
     */
    static MigrationScript script(Class<?> type) {
        RevisionHeader header = type.getDeclaredAnnotation(RevisionHeader.class);
        if (header == null) {
            throw InvalidRevisionClassException.notAnnotated(type);
        }
        if (!Migration.class.isAssignableFrom(type)) {
            throw InvalidRevisionClassException.noMigration(type);
        }
        return new RevisionClass(type, header).script();
    }

    private MigrationScript script() {
        Downgrade downgrade = downgrade();
        return new MigrationScript(
                        revision(),
                        instance(),
                        dialect -> downgrade,
                        header.transaction() ? TransactionMode.PER_REVISION : TransactionMode.NONE,
                        text("rerunExempt", header.rerunExempt()),
                        Format.TURNSTONE)
                .thatIsLossy(text("lossy", header.lossy()))
                .withExemptions(exemptions());
    }

    private Map<String, String> exemptions() {
        Map<String, String> exemptions = new HashMap<>();
        addExemption(exemptions, "locks", text("locks", header.locks()));
        addExemption(exemptions, "not-additive", text("notAdditive", header.notAdditive()));
        addExemption(exemptions, "misnamed", text("misnamed", header.misnamed()));
        addExemption(exemptions, "forbidden", text("forbidden", header.forbidden()));
        return exemptions;
    }

    private static void addExemption(Map<String, String> exemptions, String key, @Nullable String reason) {
        if (reason != null) {
            exemptions.put(key, reason);
        }
    }

    private Revision revision() {
        List<RevisionId> parents = new ArrayList<>();
        for (String parent : header.parents()) {
            parents.add(id("parents", parent));
        }
        return new Revision(
                id("id", header.id()),
                parents,
                Arrays.asList(header.dependsOn()),
                new LinkedHashSet<>(Arrays.asList(header.labels())),
                header.message(),
                created(),
                type.getName());
    }

    private RevisionId id(String key, String value) {
        try {
            return RevisionId.of(value);
        } catch (InvalidRevisionIdException e) {
            throw InvalidRevisionClassException.badId(type, key, e);
        }
    }

    private @Nullable Instant created() {
        String created = header.created();
        return created.isEmpty()
                ? null
                : Dates.parse(created).orElseThrow(() -> InvalidRevisionClassException.badDate(type, created));
    }

    private Downgrade downgrade() {
        String keep = text("keep", header.keep());
        String irreversible = text("irreversible", header.irreversible());
        if (keep != null && irreversible != null) {
            throw InvalidRevisionClassException.keepAndIrreversible(type);
        }
        if (keep == null && irreversible == null) {
            return overridesDowngrade() ? new Downgrade.Defined() : new Downgrade.Missing();
        }
        if (overridesDowngrade()) {
            throw InvalidRevisionClassException.downgradeAndRefusal(type, keep != null ? "keep" : "irreversible");
        }
        return keep != null ? new Downgrade.Keep(keep) : new Downgrade.Irreversible(String.valueOf(irreversible));
    }

    private boolean overridesDowngrade() {
        try {
            return type.getMethod("downgrade", Operations.class).getDeclaringClass() != Migration.class;
        } catch (NoSuchMethodException e) {
            throw new AssertionError("Migration has a method downgrade", e);
        }
    }

    /** Returns an optional text of the header, or null if it is omitted. */
    private @Nullable String text(String key, String value) {
        if (value.isEmpty()) {
            return null;
        }
        if (value.isBlank()) {
            throw InvalidRevisionClassException.blank(type, key);
        }
        return value;
    }

    private Migration instance() {
        if (!Modifier.isPublic(type.getModifiers()) || Modifier.isAbstract(type.getModifiers())) {
            throw InvalidRevisionClassException.notConstructible(type);
        }
        try {
            return (Migration) type.getConstructor().newInstance();
        } catch (InvocationTargetException e) {
            throw InvalidRevisionClassException.constructorFailed(type, e.getCause() == null ? e : e.getCause());
        } catch (ExceptionInInitializerError e) {
            throw InvalidRevisionClassException.constructorFailed(type, e.getCause() == null ? e : e.getCause());
        } catch (ReflectiveOperationException e) {
            throw InvalidRevisionClassException.notConstructible(type);
        }
    }
}
