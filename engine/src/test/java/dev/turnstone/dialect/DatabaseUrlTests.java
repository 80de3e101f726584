package dev.turnstone.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTests {

    private static final String LOCAL = "jdbc:postgresql://localhost:5432/shop";

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", quoteCharacter = '`', textBlock = """
                    postgresql://app:pw@db.example:6543/shop     | jdbc:postgresql://db.example:6543/shop | app | pw
                    postgres://app:pw@db.example/shop            | jdbc:postgresql://db.example:5432/shop | app | pw
                    POSTGRES://app@db.example/shop               | jdbc:postgresql://db.example:5432/shop | app | -
                    postgresql+asyncpg://app:pw@db_1/shop        | jdbc:postgresql://db_1:5432/shop | app | pw
                    postgresql+psycopg2://app:pw@localhost/shop  | jdbc:postgresql://localhost:5432/shop | app | pw
                    postgresql://localhost/shop                  | jdbc:postgresql://localhost:5432/shop | - | -
                    postgresql:///shop                           | jdbc:postgresql://localhost:5432/shop | - | -
                    postgresql://app@localhost                   | jdbc:postgresql://localhost:5432/ | app | -
                    postgresql://app:@localhost/shop             | jdbc:postgresql://localhost:5432/shop | app | ``
                    postgresql://a%40b:p%3A%2F%3F%23%25%C3%A4@localhost/shop | jdbc:postgresql://localhost:5432/shop | a@b | p:/?#%ä
                    postgresql://app:p+w@localhost/shop          | jdbc:postgresql://localhost:5432/shop | app | p+w
                    postgresql://app:p@w@localhost/shop          | jdbc:postgresql://localhost:5432/shop | app | p@w
                    postgresql://app:a:b@localhost/shop          | jdbc:postgresql://localhost:5432/shop | app | a:b
                    postgresql://app@[::1]/shop                  | jdbc:postgresql://[::1]:5432/shop | app | -
                    postgresql://[2001:db8::7]:6543/shop         | jdbc:postgresql://[2001:db8::7]:6543/shop | - | -
                    postgresql://one,two:6543/shop               | jdbc:postgresql://one:5432,two:6543/shop | - | -
                    postgresql://app@localhost/my%20shop         | jdbc:postgresql://localhost:5432/my%20shop | app | -
                    postgresql://?host=db&port=6543&dbname=shop&user=app&password=p%26w | jdbc:postgresql://db:6543/shop | app | p&w
                    postgresql:///shop?host=::1                  | jdbc:postgresql://[::1]:5432/shop | - | -
                    jdbc:postgresql://db.example:6543/shop       | jdbc:postgresql://db.example:6543/shop | - | -
                    jdbc:postgresql://db/shop?user=app&password=pw&ssl=true | jdbc:postgresql://db:5432/shop?ssl=true | app | pw
                    jdbc:postgresql:shop                         | jdbc:postgresql://localhost:5432/shop | - | -
                    jdbc:postgresql:/                            | jdbc:postgresql://localhost:5432/ | - | -
                    jdbc:postgresql://db/shop?options=-c+a%3Db   | jdbc:postgresql://db:5432/shop?options=-c%20a%3Db | - | -
                    """)
    void postgresqlUrlsBecomeWhatThePostgresqlDriverReads(String text, String jdbcUrl, String user, String password) {
        assertThat(DatabaseUrl.parse(text)).isEqualTo(new DatabaseUrl("postgresql", jdbcUrl, user, password));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    sslmode=require                         | sslmode=require
                    sslmode=verify-ca&sslrootcert=/ca.pem   | sslmode=verify-ca&sslrootcert=%2Fca.pem
                    ssl=require                             | sslmode=require
                    ssl=true                                | sslmode=verify-full
                    ssl=0                                   | sslmode=disable
                    connect_timeout=10&application_name=web | connectTimeout=10&ApplicationName=web
                    target_session_attrs=read-write         | targetServerType=primary
                    target_session_attrs=standby            | targetServerType=secondary
                    target_session_attrs=any                | targetServerType=any
                    channel_binding=require&gssencmode=disable | channelBinding=require&gssEncMode=disable
                    keepalives=1&client_encoding=utf8       | tcpKeepAlive=true
                    schema=shop                             | currentSchema=shop
                    options=-c%20statement_timeout%3D5s     | options=-c%20statement_timeout%3D5s
                    unheard_of=1                            | unheard_of=1
                    """)
    void parametersGetTheNamesOfThePostgresqlDriver(String given, String expected) {
        assertThat(DatabaseUrl.parse("postgresql://localhost/shop?" + given).jdbcUrl())
                .isEqualTo(LOCAL + "?" + expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    sqlite:///./local.db                 | jdbc:sqlite:./local.db
                    sqlite:///local.db                   | jdbc:sqlite:local.db
                    sqlite:////var/lib/local.db          | jdbc:sqlite:/var/lib/local.db
                    sqlite+aiosqlite:///data/local.db    | jdbc:sqlite:data/local.db
                    sqlite3:///local.db                  | jdbc:sqlite:local.db
                    sqlite:local.db                      | jdbc:sqlite:local.db
                    sqlite:///C:/data/local.db           | jdbc:sqlite:C:/data/local.db
                    sqlite://                            | jdbc:sqlite::memory:
                    sqlite:///                           | jdbc:sqlite::memory:
                    sqlite:///:memory:                   | jdbc:sqlite::memory:
                    sqlite::memory:                      | jdbc:sqlite::memory:
                    sqlite:///a.db?timeout=2.5&check_same_thread=false | jdbc:sqlite:a.db?busy_timeout=2500
                    jdbc:sqlite:local.db                 | jdbc:sqlite:local.db
                    jdbc:sqlite:/var/a.db?foreign_keys=on | jdbc:sqlite:/var/a.db?foreign_keys=on
                    """)
    void sqliteUrlsBecomeWhatTheSqliteDriverReads(String text, String jdbcUrl) {
        assertThat(DatabaseUrl.parse(text)).isEqualTo(new DatabaseUrl("sqlite", jdbcUrl, null, null));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    mysql://app:S3cret@localhost/shop                | 'mysql' is neither PostgreSQL nor SQLite
                    shop                                             | its scheme is neither PostgreSQL nor SQLite
                    postgresql:shop                                  | '//' is missing
                    postgresql://app:S3cret@localhost:54x2/shop      | its port is not a number from 1 to 65535
                    postgresql://app:S3cret@localhost:70000/shop     | its port is not a number from 1 to 65535
                    postgresql://app:S3cret@localhost/shop/users     | holds '/' or '@'
                    postgresql://app:S3c/ret@localhost/shop          | an unescaped '/' stands in the password
                    postgresql://app:S3cret#@localhost/shop          | '#' has no meaning
                    postgresql://app:S3cret%zz@localhost/shop        | '%' is not followed by two hexadecimal digits
                    postgresql://app:S3cret%ff@localhost/shop        | percent-encoded characters are not UTF-8
                    postgresql://app:S3cret@::1/shop                 | its port is not a number
                    postgresql://app:S3cret@localhost/shop?sslmode   | a parameter is written name=value
                    postgresql://localhost:x/shop?password=S3cret    | its port is not a number
                    postgresql:///shop?host=/var/run/postgresql      | names the Unix socket /var/run/postgresql
                    postgresql://%2Fvar%2Frun%2Fpostgresql/shop      | names the Unix socket /var/run/postgresql
                    sqlite://tmp/local.db                            | an SQLite URL has no host
                    sqlite:///local.db?timeout=soon                  | timeout is a number of seconds
                    """)
    void whatCannotBeUsedIsSaidWithoutThePassword(String text, String problem) {
        assertThatExceptionOfType(InvalidDatabaseUrlException.class)
                .isThrownBy(() -> DatabaseUrl.parse(text))
                .withMessageContaining(problem)
                .withMessageContaining("postgresql://user:password@host:5432/database")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("S3c").doesNotContain("ret@"))
                .satisfies(e -> assertThat(e.kind()).isEqualTo("invalid-database-url"));
    }

    @Test
    void descriptionsHidePasswordAndParameters() {
        DatabaseUrl url = DatabaseUrl.parse("postgres://app:S3cret@db:6543/shop?sslpassword=S3cret");
        assertThat(url).hasToString("postgresql://app@db:6543/shop");
        assertThat(url.location()).isEqualTo("db:6543/shop");
        assertThat(DatabaseUrl.parse("sqlite:////var/a.db?x=1")).hasToString("sqlite:/var/a.db");
    }

    @Test
    void credentialsHoldOnlyWhatIsKnown() {
        assertThat(DatabaseUrl.parse("postgres://app:pw@db/shop").credentials())
                .containsOnly(Map.entry("user", "app"), Map.entry("password", "pw"));
        assertThat(DatabaseUrl.parse("postgres://db/shop").credentials()).isEmpty();
    }

    @Test
    void anotherDatabaseOfTheSameServerKeepsHostsAndParameters() {
        DatabaseUrl url = DatabaseUrl.parse("postgres://app:pw@one,two/shop?sslcert=/a/b");
        assertThat(url.withDatabase("te st?").jdbcUrl())
                .isEqualTo("jdbc:postgresql://one:5432,two:5432/te%20st%3F?sslcert=%2Fa%2Fb");
        assertThat(DatabaseUrl.parse("postgres://db").withDatabase("x").jdbcUrl())
                .isEqualTo("jdbc:postgresql://db:5432/x");
    }

    @Test
    void aParameterIsTakenOutInAnyLetterCase() {
        DatabaseUrl url = DatabaseUrl.parse("jdbc:postgresql://db/shop?a=1&CURRENTSCHEMA=x&b=2");
        assertThat(url.withoutParameter("currentSchema").jdbcUrl()).isEqualTo("jdbc:postgresql://db:5432/shop?a=1&b=2");
        assertThat(DatabaseUrl.parse("jdbc:postgresql://db/shop?a=1")
                        .withoutParameter("a")
                        .jdbcUrl())
                .isEqualTo("jdbc:postgresql://db:5432/shop");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mysql://a", "", "shop", "jdbc:h2:mem:a"})
    void otherSchemesHaveNoDialect(String text) {
        assertThat(DatabaseUrl.dialectOf(text)).isNull();
    }
}
