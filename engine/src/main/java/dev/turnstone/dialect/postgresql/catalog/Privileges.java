package dev.turnstone.dialect.postgresql.catalog;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The privileges on an object, without those that every object of its kind has by default.
 *
 * <p>The server formats an access control list as items {@code grantee=letters/grantor}. An asterisk after a letter is
 * the grant option, and an empty grantee is PUBLIC.
 */
final class Privileges {

    private static final Map<Character, String> WORDS = Map.ofEntries(
            Map.entry('a', "insert"),
            Map.entry('r', "select"),
            Map.entry('w', "update"),
            Map.entry('d', "delete"),
            Map.entry('D', "truncate"),
            Map.entry('x', "references"),
            Map.entry('t', "trigger"),
            Map.entry('X', "execute"),
            Map.entry('U', "usage"),
            Map.entry('C', "create"),
            Map.entry('T', "temporary"),
            Map.entry('c', "connect"),
            Map.entry('s', "set"),
            Map.entry('A', "alter system"),
            Map.entry('m', "maintain"));

    private static final String PUBLIC = "public";

    private Privileges() {}

    /**
     * Returns the SQL expression for the privileges, the default privileges and the owner of an object; null if the
     * object has the default privileges.
     *
     * @param type the letter of the kind of object, as {@code acldefault} takes it
     * @param acl the expression for the access control list
     * @param owner the expression for the OID of the owner
     */
    static String sql(String type, String acl, String owner) {
        return """
                CASE WHEN %2$s IS NOT NULL THEN array_to_string(%2$s, chr(31)) || chr(30)
                     || array_to_string(acldefault('%1$s', %3$s), chr(31)) || chr(30) || pg_get_userbyid(%3$s) END""".formatted(type, acl, owner);
    }

    /**
     * Returns the names of the privileges by grantee.
     *
     * @param lists the list, the default list and the owner, joined by the catalog query; null for the default
     */
    static SortedMap<String, String> of(@Nullable String lists) {
        SortedMap<String, String> privileges = new TreeMap<>();
        if (lists == null) {
            return privileges;
        }
        String[] parts = lists.split("\\u001e", -1);
        Map<String, Set<String>> granted = parse(parts[0]);
        Map<String, Set<String>> byDefault = parse(parts[1]);
        String owner = parts[2];
        granted.forEach((who, what) -> {
            Set<String> more = new TreeSet<>(what);
            more.removeAll(byDefault.getOrDefault(who, Set.of()));
            if (!who.equals(owner) && !more.isEmpty()) {
                privileges.put(who, String.join(", ", more));
            }
        });
        byDefault.forEach((who, what) -> {
            Set<String> has = granted.getOrDefault(who, Set.of()).stream()
                    .map(privilege -> privilege.replace(" with grant option", ""))
                    .collect(Collectors.toSet());
            Set<String> lost = new TreeSet<>(what);
            lost.removeAll(has);
            if (!lost.isEmpty()) {
                privileges.put("revoked from " + (who.equals(owner) ? "the owner" : who), String.join(", ", lost));
            }
        });
        return privileges;
    }

    private static Map<String, Set<String>> parse(String list) {
        Map<String, Set<String>> privileges = new HashMap<>();
        for (String item : list.isEmpty() ? new String[0] : list.split(CatalogRow.SEPARATOR, -1)) {
            int equals = endOfName(item);
            String who = equals == 0 ? PUBLIC : unquoted(item.substring(0, equals));
            Set<String> what = privileges.computeIfAbsent(who, grantee -> new TreeSet<>());
            for (int i = equals + 1; item.charAt(i) != '/'; i++) {
                boolean passedOn = item.charAt(i + 1) == '*';
                String word = WORDS.getOrDefault(item.charAt(i), String.valueOf(item.charAt(i)));
                what.add(passedOn ? word + " with grant option" : word);
                i += passedOn ? 1 : 0;
            }
        }
        return privileges;
    }

    private static int endOfName(String item) {
        boolean quoted = false;
        for (int i = 0; i < item.length(); i++) {
            if (item.charAt(i) == '"') {
                quoted = !quoted;
            } else if (item.charAt(i) == '=' && !quoted) {
                return i;
            }
        }
        throw new IllegalStateException("Not an item of an access control list: " + item);
    }

    private static String unquoted(String name) {
        return name.startsWith("\"") ? name.substring(1, name.length() - 1).replace("\"\"", "\"") : name;
    }
}
