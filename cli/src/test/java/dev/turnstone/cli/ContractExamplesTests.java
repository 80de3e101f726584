package dev.turnstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command-line contract by example: the findings that others rely on. */
class ContractExamplesTests {

    private static Path examples() throws URISyntaxException {
        return Path.of(Objects.requireNonNull(ContractExamplesTests.class.getResource("/contract-examples"))
                .toURI());
    }

    private static CommandLineRun verify(String example, String scenarios) throws URISyntaxException {
        return CommandLineRun.of(
                "verify",
                examples().resolve(example).toString(),
                "--dialect",
                example.substring(0, example.indexOf('/')),
                "--scenario",
                scenarios,
                "--json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql/clean",
                "postgresql/down-fails",
                "postgresql/index-forgotten",
                "postgresql/not-null-lost",
                "sqlite/row-lost",
                "sqlite/trigger-lost"
            })
    void finds_what_the_contract_says(String example) throws IOException, URISyntaxException {
        JsonNode expected = new ObjectMapper()
                .readTree(examples().resolve("expected.json").toFile())
                .path(example);
        CommandLineRun run = verify(example, expected.path("--scenario").asText());
        assertThat(run.findings())
                .containsExactlyInAnyOrderElementsOf(CommandLineRun.inShort(expected.path("findings")));
        assertThat(run.status()).isEqualTo(expected.path("exit").asInt());
    }

    @Test
    void a_lost_row_is_not_the_business_of_up_down_up() throws URISyntaxException {
        JsonNode rows =
                verify("sqlite/row-lost", "rows").json().path("findings").path(0);
        assertThat(rows.path("message").asText()).contains("column note");
        CommandLineRun schemaOnly = verify("sqlite/row-lost", "up-down-up");
        assertThat(schemaOnly.findings()).isEqualTo(List.of());
        assertThat(schemaOnly.status()).isZero();
    }

    @Test
    void a_statement_that_cannot_run_is_quoted_with_its_place_and_the_servers_words() throws URISyntaxException {
        JsonNode finding = verify("postgresql/down-fails", "up-down-up")
                .json()
                .path("findings")
                .path(0);
        assertThat(finding.path("message").asText())
                .contains("DROP TABLE loan", "000002_loans.down.sql:1", "table \"loan\" does not exist");
    }
}
