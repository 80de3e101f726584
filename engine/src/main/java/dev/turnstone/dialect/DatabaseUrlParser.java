package dev.turnstone.dialect;

import dev.turnstone.error.Secrets;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses one database URL. {@code java.net.URI} is not used: it refuses several hosts, and hosts with underscores. */
final class DatabaseUrlParser {

    private static final Pattern SCHEME = Pattern.compile(
            "^(?:jdbc:)?([a-z][a-z0-9]*)(?:\\+[a-z0-9_]+)?:(.*)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** Schemes that a message may quote, including those of databases that Turnstone does not support. */
    private static final Set<String> KNOWN_SCHEMES = Set.of(
            "postgres",
            "postgresql",
            "sqlite",
            "sqlite3",
            "mysql",
            "mariadb",
            "oracle",
            "sqlserver",
            "mssql",
            "mongodb",
            "redis",
            "h2",
            "hsqldb",
            "derby",
            "db2",
            "cockroachdb",
            "clickhouse",
            "snowflake",
            "duckdb",
            "http",
            "https",
            "file");

    /** The keyword/value form of libpq: {@code host=db dbname=shop}. */
    private static final Pattern KEY_AND_VALUE =
            Pattern.compile("(?:host|hostaddr|port|dbname|user|password)\\s*+=.*+", Pattern.DOTALL);

    private static final Pattern UNCLEAR_DATABASE = Pattern.compile("[\\s:=&]");
    private static final Pattern HOST = Pattern.compile("\\[[0-9a-fA-F:.%]+]|[^\\[\\]:@\\s=&]*");

    /** Parameters of SQLAlchemy and of Python's SQLite driver, which other drivers do not support. */
    private static final Set<String> SQLITE_FOREIGN = Set.of(
            "check_same_thread",
            "isolation_level",
            "detect_types",
            "cached_statements",
            "uri",
            "factory",
            "autocommit");

    /** Parameters of libpq and other drivers, with their names in pgjdbc. */
    private static final Map<String, String> PGJDBC_NAMES = Map.of(
            "connect_timeout", "connectTimeout",
            "application_name", "ApplicationName",
            "fallback_application_name", "ApplicationName",
            "channel_binding", "channelBinding",
            "gssencmode", "gssEncMode",
            "krbsrvname", "kerberosServerName",
            "schema", "currentSchema");

    private final String text;
    private final @Nullable String setting;

    private DatabaseUrlParser(String text, @Nullable String setting) {
        this.text = text;
        this.setting = setting;
    }

    static DatabaseUrl parse(String text, @Nullable String setting) {
        String dialect = DatabaseUrl.dialectOf(text);
        DatabaseUrlParser parser = new DatabaseUrlParser(text, setting);
        if (dialect == null) {
            throw parser.invalid(parser.otherForm());
        }
        boolean jdbc = text.regionMatches(true, 0, "jdbc:", 0, 5);
        Matcher parts = SCHEME.matcher(text);
        String rest = parts.matches() ? parts.group(2) : "";
        if (!Dialects.named(dialect).storesDatabaseInFile()) {
            return parser.server(dialect, rest, jdbc);
        }
        parser.requireFile(rest);
        return jdbc ? new DatabaseUrl(dialect, "jdbc:" + dialect + ":" + rest, null, null) : parser.file(dialect, rest);
    }

    private String otherForm() {
        String scheme = scheme(text);
        if (KNOWN_SCHEMES.contains(scheme)) {
            return "'" + scheme + "' is neither PostgreSQL nor SQLite.";
        }
        return KEY_AND_VALUE.matcher(text).matches()
                ? "it is a list of settings, such as host=db dbname=shop. Write it as a URL."
                : "its scheme is neither PostgreSQL nor SQLite.";
    }

    /** Checks that the path of an SQLite URL does not have the form of a server's URL. */
    private void requireFile(String rest) {
        String path = rest.substring(0, (rest + "?").indexOf('?'));
        int slashes = path.startsWith("///") ? 3 : 0;
        String first = path.substring(slashes, (path + "/").indexOf('/', slashes));
        int colon = first.indexOf(':');
        if ((colon > 0 && first.indexOf('@', colon) > 0) || holdsPassword(path)) {
            throw invalid("it names a user or a password, which a file of SQLite does not have.");
        }
    }

    /** Returns whether a part of the URL that messages show contains a setting such as {@code password=}. */
    private static boolean holdsPassword(String part) {
        String plain = part.replace('@', ' ');
        return !Secrets.masked(plain).equals(plain);
    }

    /** Returns the scheme in lower case, without {@code jdbc:} and without a driver; empty if the text has no scheme. */
    static String scheme(String text) {
        Matcher parts = SCHEME.matcher(text);
        return parts.matches() ? parts.group(1).toLowerCase(Locale.ROOT) : "";
    }

    static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private DatabaseUrl file(String dialect, String rest) {
        int query = (rest + "?").indexOf('?');
        String path = rest.substring(0, query);
        if (path.startsWith("//")) {
            if (path.length() > 2 && path.charAt(2) != '/') {
                throw invalid(
                        "an SQLite URL has no host. A relative path follows three slashes, an absolute one four.");
            }
            path = path.substring(Math.min(3, path.length()));
        }
        if (path.isEmpty()) {
            path = ":memory:";
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        for (Map.Entry<String, String> parameter : parameters(query < rest.length() ? rest.substring(query + 1) : "")
                .entrySet()) {
            if (parameter.getKey().equals("timeout")) {
                parameters.put("busy_timeout", milliseconds(parameter.getValue()));
            } else if (!SQLITE_FOREIGN.contains(parameter.getKey())) {
                parameters.put(parameter.getKey(), parameter.getValue());
            }
        }
        return new DatabaseUrl(dialect, "jdbc:" + dialect + ":" + path + query(parameters), null, null);
    }

    private String milliseconds(String seconds) {
        try {
            return Long.toString(Math.round(Double.parseDouble(seconds) * 1000));
        } catch (NumberFormatException e) {
            throw invalid("timeout is a number of seconds.");
        }
    }

    private DatabaseUrl server(String dialect, String rest, boolean jdbc) {
        int query = (rest + "?").indexOf('?');
        String place = rest.substring(0, query);
        if (place.contains("#")) {
            throw invalid("'#' has no meaning in it.");
        }
        String parameterText = query < rest.length() ? rest.substring(query + 1) : "";
        if (rest.indexOf(';', place.lastIndexOf('@') + 1) >= 0) {
            throw invalid("';' has no meaning in it. Parameters follow '?', with '&' between them.");
        }
        requireNoUserBehind(place, parameterText);
        // In a JDBC URL a plus sign is a space; in the others it is a plus sign.
        Map<String, String> parameters = parameters(jdbc ? parameterText.replace("+", "%20") : parameterText);

        String authority = "";
        String database = place;
        if (place.startsWith("//")) {
            int slash = (place + "/").indexOf('/', 2);
            authority = place.substring(2, slash);
            database = slash < place.length() ? place.substring(slash + 1) : "";
        } else if (!jdbc) {
            throw invalid("'//' is missing after the scheme.");
        } else if (place.startsWith("/")) {
            database = place.substring(1);
        }
        if (database.contains("/") || database.contains("@")) {
            throw invalid("the name of the database holds '/' or '@', or an unescaped '/' stands in the password.");
        }
        if (UNCLEAR_DATABASE.matcher(database).find()) {
            throw invalid(
                    "the name of the database holds a space or one of : = &, which are written as %20 %3A %3D %26.");
        }
        String userInfo = null;
        int at = authority.lastIndexOf('@');
        if (at >= 0) {
            userInfo = authority.substring(0, at);
            authority = authority.substring(at + 1);
        }
        String user = null;
        String password = null;
        if (userInfo != null) {
            int colon = (userInfo + ":").indexOf(':');
            user = emptyToNull(decode(userInfo.substring(0, colon)));
            password = colon < userInfo.length() ? decode(userInfo.substring(colon + 1)) : null;
        }
        user = orElse(parameters.remove("user"), user);
        password = orElse(parameters.remove("password"), password);
        if (user != null && (user.indexOf(':') >= 0 || holdsPassword(user))) {
            throw invalid("the name of the user holds ':' or a setting. A plain ':' stands between user and password.");
        }
        if (!jdbc) {
            authority = hostParameters(authority, parameters);
            String name = parameters.remove("dbname");
            database = name == null ? database : encode(name);
            parameters = pgjdbcParameters(parameters);
        } else if (parameters.containsKey("socketFactory")) {
            throw invalid("a socketFactory is not supported. PostgreSQL is reached over TCP.");
        }
        if (holdsPassword(decode(database)) || holdsPassword(decode(authority))) {
            throw invalid("the name of the host or of the database holds the setting of a password.");
        }
        return new DatabaseUrl(
                dialect,
                "jdbc:" + dialect + "://" + hosts(authority) + "/" + database + query(parameters),
                user,
                password);
    }

    /** Checks that no {@code @} follows a {@code ?}, which may be part of a password. A user name can contain one. */
    private void requireNoUserBehind(String place, String parameterText) {
        for (String parameter : parameterText.split("&", -1)) {
            boolean mayHoldOne = parameter.matches("(?i)(user|password|sslpassword|options)=.*+");
            if (!place.contains("@") && !mayHoldOne && parameter.contains("@")) {
                throw invalid("'@' stands behind '?'. A '?' in a user or password is written %3F.");
            }
        }
    }

    /** Removes {@code host} and {@code port} from the parameters, where libpq accepts them too. */
    private String hostParameters(String authority, Map<String, String> parameters) {
        String host = parameters.remove("host");
        String port = parameters.remove("port");
        if (host != null) {
            authority = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        }
        if ((host != null && host.startsWith("/")) || decode(authority).startsWith("/")) {
            throw invalid("it names the Unix socket " + (host == null ? decode(authority) : host)
                    + ", which the PostgreSQL JDBC driver cannot use. Name a TCP host, such as localhost:5432.");
        }
        return port == null ? authority : authority + ":" + port;
    }

    private String hosts(String authority) {
        List<String> hosts = new ArrayList<>();
        for (String one : authority.split(",", -1)) {
            int colon = one.indexOf(':', Math.max(0, one.indexOf(']')));
            String host = colon < 0 ? one : one.substring(0, colon);
            String port = colon < 0 ? "" : one.substring(colon + 1);
            if (decode(host).startsWith("/")) {
                throw invalid("it names a Unix socket, which the PostgreSQL JDBC driver cannot use. "
                        + "Name a TCP host, such as localhost:5432.");
            }
            if (!HOST.matcher(host).matches()) {
                // Text at the place of the host is often the rest of a password, so the message does not repeat it.
                throw invalid("its host is none. An IPv6 address stands in brackets.");
            }
            hosts.add((host.isEmpty() ? "localhost" : host) + ":" + (port.isEmpty() ? "5432" : port(port)));
        }
        return String.join(",", hosts);
    }

    private String port(String port) {
        if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) < 1 || Integer.parseInt(port) > 65535) {
            // A wrong port is often the rest of a password with an unescaped '@' or ':', so the message does not repeat
            // it.
            throw invalid("its port is not a number from 1 to 65535.");
        }
        return port;
    }

    private Map<String, String> pgjdbcParameters(Map<String, String> libpq) {
        Map<String, String> pgjdbc = new LinkedHashMap<>();
        libpq.forEach((name, value) -> {
            switch (name) {
                case "ssl" -> pgjdbc.put("sslmode", sslMode(value));
                case "target_session_attrs" -> pgjdbc.put("targetServerType", serverType(value));
                case "keepalives" -> pgjdbc.put("tcpKeepAlive", Boolean.toString(!value.equals("0")));
                // The JDBC driver insists on UTF8 and refuses anything else.
                case "client_encoding" -> {}
                default -> pgjdbc.put(PGJDBC_NAMES.getOrDefault(name, name), value);
            }
        });
        return pgjdbc;
    }

    private static String sslMode(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true", "1", "on", "yes" -> "verify-full";
            case "false", "0", "off", "no" -> "disable";
            default -> value;
        };
    }

    private static String serverType(String value) {
        return switch (value) {
            case "read-write", "primary" -> "primary";
            case "read-only", "standby" -> "secondary";
            case "prefer-standby" -> "preferSecondary";
            default -> value;
        };
    }

    private Map<String, String> parameters(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String parameter : query.split("&", -1)) {
            if (!parameter.isEmpty()) {
                int equals = parameter.indexOf('=');
                if (equals <= 0) {
                    throw invalid("a parameter is written name=value.");
                }
                parameters.put(decode(parameter.substring(0, equals)), decode(parameter.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String query(Map<String, String> parameters) {
        StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
        parameters.forEach((name, value) -> query.add(encode(name) + "=" + encode(value)));
        return query.toString();
    }

    /** Decodes percent-encoding by RFC 3986, in which a plus sign is a plus sign. */
    private String decode(String value) {
        if (value.indexOf('%') < 0) {
            return value;
        }
        ByteBuffer bytes = ByteBuffer.allocate(value.length() * 4);
        for (int i = 0; i < value.length(); ) {
            int point = value.codePointAt(i);
            if (point == '%') {
                int high = i + 2 < value.length() ? Character.digit(value.charAt(i + 1), 16) : -1;
                int low = i + 2 < value.length() ? Character.digit(value.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    throw invalid("a '%' is not followed by two hexadecimal digits. A plain '%' is written %25.");
                }
                bytes.put((byte) (high << 4 | low));
                i += 3;
            } else {
                bytes.put(Character.toString(point).getBytes(StandardCharsets.UTF_8));
                i += Character.charCount(point);
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            throw invalid("its percent-encoded characters are not UTF-8.");
        }
    }

    private InvalidDatabaseUrlException invalid(String problem) {
        String scheme = scheme(text);
        boolean jdbc = text.regionMatches(true, 0, "jdbc:", 0, 5);
        String beginning = KNOWN_SCHEMES.contains(scheme) ? (jdbc ? "jdbc:" : "") + scheme + ":" : "";
        return new InvalidDatabaseUrlException(beginning, text.length(), setting, problem);
    }

    private static @Nullable String emptyToNull(String value) {
        return value.isEmpty() ? null : value;
    }

    private static @Nullable String orElse(@Nullable String value, @Nullable String fallback) {
        return value == null ? fallback : value;
    }
}
