package dev.turnstone.dialect.postgresql.catalog;

import dev.turnstone.schema.CheckConstraint;
import dev.turnstone.schema.Column;
import dev.turnstone.schema.ColumnType;
import dev.turnstone.schema.ForeignKey;
import dev.turnstone.schema.GeneratedName;
import dev.turnstone.schema.Index;
import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.ObjectKind;
import dev.turnstone.schema.PrimaryKey;
import dev.turnstone.schema.Schema;
import dev.turnstone.schema.SchemaObject;
import dev.turnstone.schema.Table;
import dev.turnstone.schema.Trigger;
import dev.turnstone.schema.UniqueConstraint;
import dev.turnstone.schema.View;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Assembles a schema from the rows of the catalog query. */
public final class SchemaAssembly {

    /** Kinds that the model keeps within their table or view. All other objects are separate. */
    private static final Set<ObjectKind> WITHIN = EnumSet.of(
            ObjectKind.COLUMN,
            ObjectKind.PRIMARY_KEY,
            ObjectKind.UNIQUE,
            ObjectKind.CHECK,
            ObjectKind.FOREIGN_KEY,
            ObjectKind.INDEX,
            ObjectKind.TRIGGER);

    private final Map<ObjectId, List<CatalogRow>> parts = new HashMap<>();
    private final List<Table> tables = new ArrayList<>();
    private final List<View> views = new ArrayList<>();
    private final List<SchemaObject> others = new ArrayList<>();

    private final ColumnNames columnNames;

    private SchemaAssembly(ColumnNames columnNames) {
        this.columnNames = columnNames;
    }

    public static Schema of(List<CatalogRow> rows) {
        return of(rows, new ColumnNames(rows));
    }

    /**
     * Assembles a schema.
     *
     * @param columnNames the columns of the rows' tables and of the tables that they refer to
     */
    public static Schema of(List<CatalogRow> rows, ColumnNames columnNames) {
        return new SchemaAssembly(columnNames).schema(rows);
    }

    private Schema schema(List<CatalogRow> rows) {
        for (CatalogRow row : rows) {
            if (isWithin(row) && row.parent() != null) {
                parts.computeIfAbsent(row.parent(), parent -> new ArrayList<>()).add(row);
            }
        }
        for (CatalogRow row : rows) {
            switch (row.kind()) {
                case TABLE -> tables.add(table(row));
                case VIEW, MATERIALIZED_VIEW -> views.add(view(row));
                default -> {
                    if (!isWithin(row)) {
                        other(row);
                    }
                }
            }
            AttachedObjects.of(row, idOf(row)).forEach(others::add);
        }
        return new Schema(tables, views, others);
    }

    /** The model has no component for the checks of a domain or the columns of a view. */
    private static boolean isWithin(CatalogRow row) {
        if (!WITHIN.contains(row.kind()) || row.parent() == null) {
            return false;
        }
        return switch (row.parent().kind()) {
            case TABLE -> true;
            case VIEW, MATERIALIZED_VIEW -> row.kind() == ObjectKind.INDEX || row.kind() == ObjectKind.TRIGGER;
            default -> false;
        };
    }

    /** Most objects within a table have the table's name before their own. */
    private static ObjectId idOf(CatalogRow row) {
        return isWithin(row) && row.kind() != ObjectKind.INDEX && row.parent() != null
                ? ObjectId.of(row.kind(), row.schema(), row.parent().name() + "." + row.name())
                : row.id();
    }

    private Table table(CatalogRow row) {
        List<CatalogRow> keys = within(row, ObjectKind.PRIMARY_KEY);
        return new Table(
                row.schema(),
                row.name(),
                within(row, ObjectKind.COLUMN).stream()
                        .sorted(Comparator.comparingInt(column -> column.number(".position")))
                        .map(SchemaAssembly::column)
                        .toList(),
                keys.isEmpty() ? null : primaryKey(keys.get(0)),
                sorted(row, ObjectKind.UNIQUE, this::unique),
                sorted(row, ObjectKind.CHECK, this::check),
                sorted(row, ObjectKind.FOREIGN_KEY, this::foreignKey),
                sorted(row, ObjectKind.INDEX, this::index),
                sorted(row, ObjectKind.TRIGGER, SchemaAssembly::trigger),
                row.attributesWithout(),
                row.fact(".comment"));
    }

    private View view(CatalogRow row) {
        return new View(
                row.schema(),
                row.name(),
                row.kind() == ObjectKind.MATERIALIZED_VIEW,
                ViewQuery.canonical(row.required(".query")),
                sorted(row, ObjectKind.INDEX, this::index),
                sorted(row, ObjectKind.TRIGGER, SchemaAssembly::trigger),
                row.attributesWithout(),
                row.fact(".comment"));
    }

    private List<CatalogRow> within(CatalogRow whole, ObjectKind kind) {
        return parts.getOrDefault(whole.id(), List.of()).stream()
                .filter(part -> part.kind() == kind)
                .toList();
    }

    private <T> List<T> sorted(CatalogRow whole, ObjectKind kind, Function<CatalogRow, T> make) {
        return within(whole, kind).stream()
                .sorted(Comparator.comparing(CatalogRow::name))
                .map(make)
                .toList();
    }

    private static Column column(CatalogRow row) {
        String type = row.required(".type");
        return new Column(
                row.name(),
                ColumnType.spelled(type),
                row.is(".nullable"),
                ColumnDefault.of(row.fact(".default"), type),
                row.fact(".generated"),
                row.fact(".identity"),
                row.fact(".collation"),
                row.fact(".comment"),
                row.attributesWithout());
    }

    private PrimaryKey primaryKey(CatalogRow row) {
        return new PrimaryKey(row.name(), columnNames.of(row), row.attributesWithout());
    }

    private UniqueConstraint unique(CatalogRow row) {
        return new UniqueConstraint(row.name(), columnNames.of(row), row.attributesWithout());
    }

    private CheckConstraint check(CatalogRow row) {
        return new CheckConstraint(
                row.name(), row.required(".expression"), columnNames.of(row), row.attributesWithout());
    }

    private ForeignKey foreignKey(CatalogRow row) {
        return new ForeignKey(
                row.name(),
                columnNames.of(row),
                row.required(".references"),
                columnNames.referencedBy(row),
                row.attributesWithout());
    }

    private static Trigger trigger(CatalogRow row) {
        return Trigger.of(row.name(), row.attributesWithout());
    }

    private Index index(CatalogRow row) {
        ObjectId on = row.parent();
        return new Index(
                row.name(),
                row.is(".unique"),
                indexKeys(row),
                row.fact(".where"),
                row.attributesWithout(),
                on != null && GeneratedName.matches(ObjectKind.INDEX, on.name(), row.list(".named after"), row.name()));
    }

    private List<Index.Key> indexKeys(CatalogRow row) {
        String options = row.fact(".options");
        return options == null
                ? IndexKeys.of(row.required(".definition"), row.list(".keys"), columnNames.of(row))
                : IndexKeys.plain(columnNames.of(row), options);
    }

    private void other(CatalogRow row) {
        if (row.kind() == ObjectKind.GRANT) {
            SortedMap<String, String> privileges = Privileges.of(row.fact(".privileges"));
            if (!privileges.isEmpty()) {
                others.add(new SchemaObject(row.id(), row.parent(), privileges, false));
            }
            return;
        }
        SortedMap<String, String> attributes = row.attributesWithout();
        if (row.kind() == ObjectKind.COLUMN && attributes.isEmpty()) {
            return;
        }
        others.add(new SchemaObject(row.id(), row.parent(), attributes, isNamedByTheServer(row)));
        String domainDefault = ColumnDefault.of(row.fact(".default"), attributes.getOrDefault("type", ""));
        if (row.kind() == ObjectKind.DOMAIN && domainDefault != null) {
            others.add(SchemaObject.of(
                    ObjectId.of(ObjectKind.DEFAULT, row.schema(), row.name()),
                    row.id(),
                    new TreeMap<>(Map.of("expression", domainDefault))));
        }
    }

    private boolean isNamedByTheServer(CatalogRow row) {
        @Nullable String table = row.fact(".table");
        if (table == null) {
            return false;
        }
        String name = row.fact(".constraint");
        List<String> columns = row.is(".named after") ? row.list(".named after") : columnNames.of(row);
        return GeneratedName.matches(row.kind(), table, columns, name == null ? row.name() : name);
    }
}
