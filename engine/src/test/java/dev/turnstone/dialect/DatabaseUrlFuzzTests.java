package dev.turnstone.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.error.TurnstoneException;
import dev.turnstone.testing.FuzzedInputs;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Mutated URLs: each is read or refused with a message. */
@Tag("fuzz")
class DatabaseUrlFuzzTests {

    @Test
    void urls() {
        List<String> corpus = List.of(
                "postgresql://user:p%40ss@localhost:5432/shop?sslmode=require&options=-c%20search_path%3Da",
                "jdbc:postgresql://a.example,b.example:5433/shop?user=u&password=p",
                "postgres+psycopg2://u@[::1]:5432/d?host=/run/postgresql",
                "sqlite:///relative.db",
                "sqlite:////absolute/file.db?mode=ro",
                "jdbc:sqlite:file:a.db?cache=shared",
                "sqlite::memory:",
                "jdbc:sqlite:");
        new FuzzedInputs("database URLs", corpus, 3_000).feedTo(TurnstoneException.class, url -> assertThat(
                        DatabaseUrl.parse(url).toString())
                .isNotNull());
    }
}
