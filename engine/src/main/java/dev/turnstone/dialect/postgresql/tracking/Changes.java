package dev.turnstone.dialect.postgresql.tracking;

import dev.turnstone.dialect.postgresql.catalog.ObjectGroup;
import dev.turnstone.dialect.postgresql.catalog.PresentObjectKinds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The result of {@link ChangeQuery}.
 *
 * @param groups the existing objects whose definition may have changed, by OID, with the letter of the kind
 * @param relations every relation that a change affects, including indexes
 * @param gone the objects that no longer exist or moved to another schema
 * @param anywhere the entries of {@link PresentObjectKinds} that are present in the database
 * @param fullReadReason the change that requires a full read, or null
 * @param names a digest of the names of roles and other objects that definitions refer to
 * @param snapshot the snapshot up to which all changes are included
 */
public record Changes(
        Map<ObjectGroup, Map<Long, String>> groups,
        Set<Long> relations,
        List<Gone> gone,
        Set<String> anywhere,
        @Nullable String fullReadReason,
        String names,
        String snapshot) {

    /**
     * An object that no longer exists in the scope.
     *
     * @param name the last part of its name when it was dropped; empty if unknown
     * @param onlyDropped whether the drop is its only recorded change
     * @param elsewhere whether it now is in another schema
     */
    record Gone(ObjectGroup group, long oid, String name, boolean onlyDropped, boolean elsewhere) {
        String key() {
            return group.key(oid);
        }
    }

    static Changes of(ResultSet rows) throws SQLException {
        Map<ObjectGroup, Map<Long, String>> groups = new EnumMap<>(ObjectGroup.class);
        Set<Long> relations = new HashSet<>();
        List<Gone> gone = new ArrayList<>();
        Set<String> anywhere = new HashSet<>();
        String fullReadReason = null;
        String names = "";
        String snapshot = "";
        while (rows.next()) {
            String what = rows.getString(1);
            long oid = rows.getLong(2);
            String detail = String.valueOf(rows.getString(3));
            switch (what) {
                case "member" -> relations.add(oid);
                case "gone" ->
                    gone.add(new Gone(group(detail), oid, detail.substring(2), detail.charAt(1) == '=', false));
                case "elsewhere" -> gone.add(new Gone(group(detail), oid, "", false, true));
                case "present" -> anywhere.addAll(List.of(detail.split(",")));
                case "all" -> fullReadReason = detail;
                case "names" -> names = detail;
                case "moment" -> snapshot = detail;
                default ->
                    groups.computeIfAbsent(group(what), group -> new java.util.HashMap<>())
                            .put(oid, detail);
            }
        }
        return new Changes(groups, relations, gone, anywhere, fullReadReason, names, snapshot);
    }

    private static ObjectGroup group(String letter) {
        return switch (letter.charAt(0)) {
            case 'r' -> ObjectGroup.RELATION;
            case 't' -> ObjectGroup.TYPE;
            case 'p' -> ObjectGroup.ROUTINE;
            case 's' -> ObjectGroup.STATISTICS;
            default -> throw new IllegalStateException("No group '" + letter + "'");
        };
    }

    boolean isEmpty() {
        return groups.isEmpty() && relations.isEmpty() && gone.stream().allMatch(Gone::elsewhere);
    }

    Set<Long> oids(ObjectGroup group) {
        return groups.getOrDefault(group, Map.of()).keySet();
    }

    Set<String> keys() {
        return groups.entrySet().stream()
                .flatMap(entry -> entry.getValue().keySet().stream().map(entry.getKey()::key))
                .collect(Collectors.toSet());
    }

    /**
     * Returns the presence entries of the parts of the catalog query that have rows.
     *
     * @param moreTables whether tables are read that are not in {@link #groups}
     */
    Set<String> present(boolean moreTables) {
        Set<String> present = new HashSet<>(anywhere);
        groups.getOrDefault(ObjectGroup.RELATION, Map.of())
                .values()
                .forEach(kind -> present.add((kind.equals("c") ? "type " : "relation ") + kind));
        groups.getOrDefault(ObjectGroup.TYPE, Map.of()).values().forEach(kind -> present.add("type " + kind));
        if (!oids(ObjectGroup.ROUTINE).isEmpty()) {
            present.add("pg_proc");
        }
        if (!oids(ObjectGroup.STATISTICS).isEmpty()) {
            present.add("pg_statistic_ext");
        }
        if (moreTables) {
            present.add(PresentObjectKinds.TABLES);
            present.add(PresentObjectKinds.MATERIALIZED_VIEWS);
            present.add(PresentObjectKinds.PARTITIONED_TABLES);
        }
        return present;
    }
}
