package dev.turnstone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.turnstone.database.DatabaseSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No output shows a password, wherever it stands in a URL, and whether the URL can be understood or not. */
class PasswordsInUrlsTests {

    private static final String SECRET = "Hunter2Zz";

    @TempDir
    Path directory = Path.of("");

    /** Nothing listens on port 1: each connection is refused at once. */
    private static List<String> urls() {
        return Stream.of(
                        // Well-formed.
                        "postgresql://admin:PW@127.0.0.1:1/shop",
                        "postgres://admin:PW@127.0.0.1:1/shop?sslmode=disable",
                        "postgresql+asyncpg://admin:PW@127.0.0.1:1/shop",
                        "postgresql://127.0.0.1:1/shop?user=admin&password=PW",
                        "postgresql://admin@127.0.0.1:1/shop?password=PW&sslmode=nonsense",
                        "postgresql://admin@127.0.0.1:1/shop?sslpassword=PW&sslmode=disable",
                        "postgresql://admin@127.0.0.1:1/shop?token=PW",
                        "postgresql://admin:x@PW@127.0.0.1:1/shop",
                        "postgresql://admin:%48PW@127.0.0.1:1/shop",
                        "jdbc:postgresql://127.0.0.1:1/shop?user=admin&password=PW",
                        "jdbc:postgresql://127.0.0.1:1/shop?user=admin&password=PW&sslmode=nonsense",
                        "jdbc:postgresql://127.0.0.1:1/shop?sslmode=disable&sslpassword=PW&loginTimeout=x",
                        "jdbc:postgresql://127.0.0.1:1/shop?socketTimeout=no&password=PW",
                        // Malformed.
                        "host=127.0.0.1 user=admin password=PW dbname=shop",
                        "password=PW host=127.0.0.1",
                        "admin:PW@127.0.0.1/db",
                        "PW:admin@127.0.0.1/db",
                        "PW",
                        "postgresql:admin:PW@127.0.0.1/db",
                        "postgresql:/admin:PW@127.0.0.1/db",
                        "jdbc:postgresql:admin:PW@127.0.0.1/db",
                        "jdbc:postgresql:admin:PW",
                        "oracle:thin:admin/PW@127.0.0.1",
                        "jdbc:oracle:thin:admin/PW@127.0.0.1:1521:db",
                        "jdbc:postgresql://127.0.0.1:1/shop;password=PW",
                        "jdbc:postgresql://127.0.0.1:1/shop?sslmode=require;password=PW",
                        "jdbc:sqlserver://127.0.0.1;databaseName=shop;password=PW",
                        "mysql://admin:PW@127.0.0.1/shop",
                        "postgresql://admin/PW@127.0.0.1:1/shop",
                        "postgresql://admin:PW/x@127.0.0.1:1/shop",
                        "postgresql://admin:PW#x@127.0.0.1:1/shop",
                        "postgresql://admin:PW?x@127.0.0.1:1/shop",
                        "postgresql://admin:1?PW=x@127.0.0.1:1/shop",
                        "postgresql://admin:PW%zz@127.0.0.1:1/shop",
                        "postgresql://admin:PW%ff@127.0.0.1:1/shop",
                        "postgresql://admin%3APW@127.0.0.1:1/shop",
                        "postgresql://admin:x@127.0.0.1:PW/shop",
                        "postgresql://admin:x@PW:y:z/shop",
                        "postgresql://127.0.0.1:1/shop password=PW",
                        "postgresql://127.0.0.1:1/shop&password=PW",
                        "postgresql://127.0.0.1:1/shop%3Bpassword%3DPW",
                        "postgresql://127.0.0.1:1/?dbname=shop%20password=PW",
                        "postgresql://host=127.0.0.1 password=PW/shop",
                        "postgresql://password=PW/shop",
                        "postgresql://admin:x@127.0.0.1:1/shop?PW",
                        "sqlite://admin:PW@127.0.0.1/shop.db",
                        "sqlite:///admin:PW@127.0.0.1/shop.db",
                        "sqlite:admin:PW@127.0.0.1/shop.db",
                        "jdbc:sqlite:shop.db;password=PW",
                        "sqlite:////no/such/directory/shop.db?password=PW")
                .map(url -> url.replace("PW", SECRET))
                .toList();
    }

    @Test
    void the_table_is_large_enough() {
        assertThat(urls()).hasSizeGreaterThanOrEqualTo(30).allSatisfy(url -> assertThat(url)
                .contains(SECRET));
    }

    @ParameterizedTest
    @MethodSource("urls")
    void no_command_shows_it(String url) throws IOException {
        Project project = Project.with(directory, "a1 - first");
        Map<String, String> environment = Map.of("DATABASE_URL", url);
        List<Run> runs = new ArrayList<>();
        for (List<String> arguments : List.of(
                List.of("current"),
                List.of("current", "--json"),
                List.of("upgrade", "--json"),
                List.of("upgrade", "--url", url),
                List.of("upgrade", url),
                List.of("stamp", "head"))) {
            runs.add(project.run(environment, arguments.toArray(String[]::new)));
        }
        project.configure("locations = [\"revisions\"]\nurl = \"" + url + "\"\n");
        runs.add(project.run("upgrade"));
        project.configure("locations = [\"revisions\"]\nurl = \"" + url + "\n");
        runs.add(project.run("upgrade"));
        String revisions = directory.resolve("revisions").toString();
        runs.add(Run.of("verify", revisions, "--dialect", "postgresql", "--scenario", "fresh-install", "--url", url));
        runs.add(Run.of(
                "verify", revisions, "--dialect", "postgresql", "--scenario", "fresh-install", "--json", "--url", url));
        if (!url.equals(SECRET)) {
            runs.add(Run.of("verify", url, "--json"));
            runs.add(Run.of("verify", revisions, url));
            runs.add(project.run("upgrade", url, "--url", "sqlite:///" + directory.resolve("app.db")));
        }
        for (Run run : runs) {
            assertThat(run.out() + run.err()).doesNotContain(SECRET);
            assertThat(run.status()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @MethodSource("urls")
    void no_setting_of_tests_shows_it(String url) {
        for (Map<String, String> environment : List.of(Map.of("DATABASE_URL", url), Map.<String, String>of())) {
            Throwable thrown = catchThrowable(() -> DatabaseSettings.of(
                    name -> environment.isEmpty() && name.equals("turnstone.postgres.url") ? url : null, environment));
            if (thrown != null) {
                StringWriter trace = new StringWriter();
                thrown.printStackTrace(new PrintWriter(trace));
                assertThat(trace.toString()).doesNotContain(SECRET);
            }
        }
    }

    @Test
    void the_message_names_the_setting_the_length_and_a_scheme_that_is_known() throws IOException {
        Project project = Project.with(directory, "a1 - first");
        String url = "postgresql://admin:x@db:PW/shop";
        assertThat(project.run(Map.of("DATABASE_URL", url), "current").err())
                .contains("DATABASE_URL (31 characters, beginning with 'postgresql:')", "port is not a number");
        assertThat(project.run("current", "--url", "admin:PW@host/db").err())
                .contains("in --url (16 characters) cannot be used", "sqlite:///relative.db");
        project.configure("locations = [\"revisions\"]\nurl = \"host=db password=PW\"\n");
        assertThat(project.run("current").err()).contains("turnstone.toml", "a list of settings");
        assertThat(Run.of("verify", directory.resolve("revisions").toString(), "--url", url)
                        .err())
                .contains("--url");
    }

    @Test
    void a_name_that_holds_no_password_is_shown() throws IOException {
        Project project = Project.with(directory, "a1 - first");
        Run run = project.run("current", "--url", "postgresql://admin:" + SECRET + "@127.0.0.1:1/shop");
        assertThat(run.err()).contains("127.0.0.1:1").doesNotContain(SECRET);
        assertThat(Files.exists(directory.resolve("shop"))).isFalse();
    }
}
