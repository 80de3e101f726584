package dev.turnstone.rows;

import dev.turnstone.schema.Column;
import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.ObjectKind;
import dev.turnstone.schema.Schema;
import dev.turnstone.schema.SchemaObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Samples for the types of PostgreSQL, as texts for the server's input functions. */
final class PostgresSamples implements TypeSamples {

    private static final Pattern SPELLING =
            Pattern.compile("(.*?)(?:\\((\\d+)(?:,(-?\\d+))?\\))?( with(?:out)? time zone)?((?:\\[\\])*+)");
    private static final int DEEPEST = 4;

    private final Map<String, List<String>> enums = new HashMap<>();
    private final Map<String, SchemaObject> domains = new HashMap<>();
    private final Map<String, List<String>> domainChecks = new HashMap<>();
    private final Map<String, SchemaObject> types = new HashMap<>();

    private final boolean byName;

    /**
     * Creates samples for the built-in types and the types of a schema.
     *
     * @param byName whether a column's name determines its texts
     */
    PostgresSamples(Schema schema, boolean byName) {
        this.byName = byName;
        for (SchemaObject object : schema.others()) {
            String name = qualified(object.id());
            ObjectId parent = object.parent();
            if (object.id().kind() == ObjectKind.ENUM) {
                enums.put(
                        name,
                        Literal.in(object.attributes().getOrDefault("values", "")).stream()
                                .map(Literal::text)
                                .toList());
            } else if (object.id().kind() == ObjectKind.DOMAIN) {
                domains.put(name, object);
            } else if (object.id().kind() == ObjectKind.TYPE) {
                types.put(name, object);
            } else if (object.id().kind() == ObjectKind.CHECK && parent != null && parent.kind() == ObjectKind.DOMAIN) {
                domainChecks
                        .computeIfAbsent(qualified(parent), domain -> new ArrayList<>())
                        .add(object.attributes().getOrDefault("expression", ""));
            }
        }
    }

    private static String qualified(ObjectId id) {
        return id.schema().isEmpty() ? id.name() : id.schema() + "." + id.name();
    }

    @Override
    public Samples of(Column column) {
        return of(column.type().toString(), byName ? column.name() : "", 0);
    }

    private Samples of(String spelling, String column, int depth) {
        Matcher matcher = SPELLING.matcher(spelling);
        if (depth > DEEPEST || !matcher.matches()) {
            return unknown();
        }
        if (!matcher.group(5).isEmpty()) {
            Samples element = of(spelling.substring(0, spelling.length() - 2), column, depth + 1);
            return new Samples(
                    n -> array(
                            List.of(element.common().apply(n), element.common().apply(n + 1))),
                    Stream.concat(
                                    Stream.of((Object) "{}"),
                                    element.edges().stream().limit(1).map(e -> (Object) array(List.of(e))))
                            .toList(),
                    List.of("{NULL}", array(List.of(element.common().apply(1)))));
        }
        String base = matcher.group(1).replace("\"", "") + (matcher.group(4) == null ? "" : matcher.group(4));
        int first = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
        int second = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
        return declared(base, column, depth).orElseGet(() -> builtIn(base, first, second, column));
    }

    private java.util.Optional<Samples> declared(String name, String column, int depth) {
        if (enums.containsKey(name)) {
            List<Object> labels = List.copyOf(enums.get(name));
            return labels.isEmpty()
                    ? java.util.Optional.empty()
                    : java.util.Optional.of(unknown().preferring(labels));
        }
        SchemaObject domain = domains.get(name);
        if (domain != null) {
            return java.util.Optional.of(of(domain.attributes().getOrDefault("type", "text"), column, depth + 1));
        }
        SchemaObject type = types.get(name);
        if (type == null) {
            return java.util.Optional.empty();
        }
        if (type.attributes().containsKey("attributes")) {
            return java.util.Optional.of(composite(type.attributes().get("attributes"), column, depth));
        }
        String subtype = type.attributes().get("subtype");
        return subtype == null
                ? java.util.Optional.empty()
                : java.util.Optional.of(range(of(subtype, column, depth + 1)));
    }

    private Samples composite(String attributes, String column, int depth) {
        List<Samples> fields = elements(attributes).stream()
                .map(attribute -> attribute
                        .replaceFirst("^(\"(?:[^\"]|\"\")*+\"|\\S+) ", "")
                        .replaceFirst(" collate .*", ""))
                .map(type -> of(type, column, depth + 1))
                .toList();
        return Samples.of(
                n -> fields.stream()
                        .map(field -> quoted(field.common().apply(n)))
                        .collect(Collectors.joining(",", "(", ")")),
                ",".repeat(fields.size() - 1).replaceAll("^(.*)$", "($1)"));
    }

    /** Splits a list at {@code ", "}, but not inside the parentheses of a type. */
    private static List<String> elements(String list) {
        List<String> elements = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < list.length(); i++) {
            char c = list.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth == 0 && list.startsWith(", ", i)) {
                elements.add(list.substring(start, i));
                start = i + 2;
            }
        }
        elements.add(list.substring(start));
        return elements;
    }

    private static Samples range(Samples bounds) {
        return Samples.of(
                n -> "[" + quoted(bounds.common().apply(2 * n)) + ","
                        + quoted(bounds.common().apply(2 * n + 1)) + ")",
                "empty",
                "(,)");
    }

    private static String array(List<?> elements) {
        return elements.stream().map(PostgresSamples::quoted).collect(Collectors.joining(",", "{", "}"));
    }

    /** Quotes a text as an element of an array or a field of a composite value. */
    private static String quoted(Object value) {
        return '"' + value.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static Samples unknown() {
        return new Samples(
                n -> "a" + n,
                List.of(),
                List.of(
                        "",
                        "a",
                        "1",
                        "{}",
                        "[]",
                        "(1,1)",
                        "[1,2,3]",
                        "a=>1",
                        "a.b",
                        "2024-01-15",
                        "POINT(0 0)",
                        "true"));
    }

    private static Samples builtIn(String base, int first, int second, String column) {
        return switch (base) {
            case "smallint" -> numbers(30_000, "32767", "-32768", "0");
            case "integer" -> numbers(Integer.MAX_VALUE, "2147483647", "-2147483648", "0");
            case "bigint" -> numbers(Integer.MAX_VALUE, "9223372036854775807", "-9223372036854775808", "0");
            case "oid", "xid", "cid" -> Samples.of(n -> Integer.toString(n), "0");
            case "numeric" -> numeric(first, second);
            case "real", "double precision" -> Samples.of(n -> n + ".5", "1e+30", "-0.25", "0");
            case "money" -> Samples.of(n -> n + ".50", "0", "-1.25");
            case "boolean" -> new Samples(n -> n % 2 == 0 ? "false" : "true", List.of("true", "false"), List.of());
            case "text", "character varying", "citext", "name", "public.citext" ->
                Texts.samples(column, base.equals("name") ? 63 : first);
            case "character", "bpchar" -> Texts.samples(column, Math.max(first, 1));
            case "char" -> Samples.of(n -> String.valueOf((char) ('a' + n % 26)), "z");
            case "bytea" -> Samples.of(n -> String.format(Locale.ROOT, "\\x%08x", n), "\\x", "\\x00ff");
            case "date" -> Samples.of(Texts::date, "1970-01-01", "2038-01-20", "2024-02-29");
            case "time", "time without time zone" ->
                Samples.of(
                        n -> String.format(Locale.ROOT, "%02d:%02d:00", n / 60 % 24, n % 60),
                        "00:00:00",
                        "23:59:59.999999");
            case "time with time zone" ->
                Samples.of(n -> String.format(Locale.ROOT, "%02d:%02d:00+00", n / 60 % 24, n % 60), "00:00:00+00");
            case "timestamp", "timestamp without time zone" ->
                Samples.of(Texts::timestamp, "1970-01-01 00:00:00", "2038-01-19 03:14:08.999999");
            case "timestamp with time zone" ->
                Samples.of(n -> Texts.timestamp(n) + "+00", "1970-01-01 00:00:00+00", "2038-01-19 03:14:08.999999+00");
            case "interval" -> Samples.of(n -> n + " hours", "0", "1 year 2 days 00:00:01.5");
            case "uuid" ->
                Samples.of(Texts::uuid, "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff");
            case "json", "jsonb" ->
                new Samples(
                        n -> "{\"n\": " + n + "}",
                        List.of("{\"list\": [1, null, \"ž 🐎\"], \"more\": {\"a\": true}}", "{}"),
                        List.of("[]", "[\"a\"]", "\"a\"", "1", "true", "null"));
            case "xml" -> Samples.of(n -> "<n>" + n + "</n>", "<n/>");
            case "inet" ->
                Samples.of(n -> "10." + n / 65536 % 256 + "." + n / 256 % 256 + "." + n % 256, "::1", "0.0.0.0");
            case "cidr" -> Samples.of(n -> "10." + n / 256 % 256 + "." + n % 256 + ".0/24", "::/0");
            case "macaddr" ->
                Samples.of(
                        n -> String.format(
                                Locale.ROOT, "02:00:00:%02x:%02x:%02x", n >> 16 & 255, n >> 8 & 255, n & 255),
                        "ff:ff:ff:ff:ff:ff");
            case "macaddr8" ->
                Samples.of(n -> String.format(
                        Locale.ROOT, "02:00:00:00:00:%02x:%02x:%02x", n >> 16 & 255, n >> 8 & 255, n & 255));
            case "bit" -> bits(Math.max(first, 1), true);
            case "bit varying" -> bits(first == 0 ? 16 : first, false);
            case "point" -> Samples.of(n -> "(" + n + ",0)", "(0,0)");
            case "line" -> Samples.of(n -> "{1,-1," + n + "}");
            case "lseg" -> Samples.of(n -> "[(0,0),(" + n + ",1)]");
            case "box" -> Samples.of(n -> "(" + (2 * n + 1) + ",1),(" + 2 * n + ",0)");
            case "path" -> Samples.of(n -> "[(0,0),(" + n + ",1)]", "((0,0),(1,1),(2,0))");
            case "polygon" -> Samples.of(n -> "((0,0),(" + n + ",1),(2,0))");
            case "circle" -> Samples.of(n -> "<(" + 4 * n + ",0),1>");
            case "tsvector" -> Samples.of(n -> "'word':1 'n" + n + "':2", "");
            case "tsquery" -> Samples.of(n -> "'word' & 'n" + n + "'");
            case "jsonpath" -> Samples.of(n -> "$.\"n" + n + "\"");
            case "pg_lsn" -> Samples.of(n -> "0/" + Integer.toHexString(n).toUpperCase(Locale.ROOT));
            case "int4range", "int8range", "numrange" ->
                Samples.of(n -> "[" + 10 * n + "," + (10 * n + 5) + ")", "empty", "(,)");
            case "daterange" ->
                Samples.of(n -> "[" + Texts.date(2 * n) + "," + Texts.date(2 * n + 1) + ")", "empty", "(,)");
            case "tsrange", "tstzrange" ->
                range(Samples.of(n -> Texts.timestamp(n) + (base.equals("tstzrange") ? "+00" : "")));
            case "int4multirange", "int8multirange", "nummultirange" ->
                Samples.of(n -> "{[" + 10 * n + "," + (10 * n + 5) + ")}", "{}");
            case "hstore", "public.hstore" -> Samples.of(n -> "\"n\"=>\"" + n + "\"", "", "\"a\"=>NULL");
            case "ltree", "public.ltree" -> Samples.of(n -> "top.n" + n, "top");
            case "regclass" -> Samples.of(n -> "pg_class");
            case "vector", "public.vector" ->
                Samples.of(n -> Stream.generate(() -> Integer.toString(n))
                        .limit(Math.max(first, 3))
                        .collect(Collectors.joining(",", "[", "]")));
            default -> unknown();
        };
    }

    private static Samples numbers(int most, Object... edges) {
        return Samples.of(n -> Integer.toString(n % most), edges);
    }

    private static Samples numeric(int precision, int scale) {
        if (precision == 0) {
            return Samples.of(n -> n + ".5", "12345678901234567890.123456789", "-0.001", "0");
        }
        int whole = precision - scale;
        String most = (whole > 0 ? "9".repeat(whole) : "0") + (scale > 0 ? "." + "9".repeat(scale) : "");
        BigDecimal limit = BigDecimal.TEN.pow(Math.max(whole, 0));
        return Samples.of(n -> new BigDecimal(n).remainder(limit).toPlainString(), most, "-" + most, "0");
    }

    private static Samples bits(int length, boolean exactly) {
        String ones = "1".repeat(length);
        return Samples.of(
                n -> {
                    String bits = Integer.toBinaryString(n);
                    return bits.length() >= length
                            ? bits.substring(bits.length() - length)
                            : "0".repeat(length - bits.length()) + bits;
                },
                exactly ? new Object[] {ones} : new Object[] {ones, ""});
    }

    @Override
    public List<String> checks(Column column) {
        List<String> checks = new ArrayList<>();
        String name = column.type().toString().replace("\"", "");
        for (int depth = 0; depth < DEEPEST && domains.containsKey(name); depth++) {
            checks.addAll(domainChecks.getOrDefault(name, List.of()));
            name = domains.get(name).attributes().getOrDefault("type", "");
        }
        return checks;
    }

    @Override
    public List<Object> literal(Column column, Literal literal) {
        String type = column.type().toString();
        String domain = type.replace("\"", "");
        if (domains.containsKey(domain)) {
            type = domains.get(domain).attributes().getOrDefault("type", type);
        }
        if (type.equals("text") || type.startsWith("character") || type.endsWith("citext")) {
            return literal.texts();
        }
        if (type.matches("(smallint|integer|bigint|numeric|real|double precision|money).*") && !type.endsWith("]")) {
            return literal.isNumber()
                    ? literal.numbers().stream()
                            .map(n -> (Object) n.toPlainString())
                            .toList()
                    : literal.text().matches("-?\\d+(\\.\\d+)?") ? List.of(literal.text()) : List.of();
        }
        if (type.endsWith("[]")) {
            return List.of(array(List.of(literal.text())));
        }
        if (type.startsWith("json")) {
            return literal.isNumber()
                    ? List.of(literal.text())
                    : List.of(quoted(literal.text()), "{" + quoted(literal.text()) + ": 1}");
        }
        return literal.isNumber() ? List.of() : List.of(literal.text());
    }
}
