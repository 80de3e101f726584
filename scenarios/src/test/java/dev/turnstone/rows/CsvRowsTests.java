package dev.turnstone.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvRowsTests {

    @Test
    void aValueLeftOutIsNullAndOneInQuotesIsNot() {
        CsvRows rows = CsvRows.parse("\uFEFFid, email ,note\r\n1,,\"\"\r\n\r\n2,\"a, \"\"b\"\"\nc\",x");
        assertThat(rows.columns()).containsExactly("id", "email", "note");
        assertThat(rows.lines()).hasSize(2);
        assertThat(rows.lines().get(0).values()).containsExactly("1", null, "");
        assertThat(rows.lines().get(0).number()).isEqualTo(2);
        assertThat(rows.lines().get(1).values()).containsExactly("2", "a, \"b\"\nc", "x");
        assertThat(rows.lines().get(1).number()).isEqualTo(4);
    }

    @Test
    void aLineAfterATextOfSeveralLinesKeepsItsNumber() {
        assertThat(CsvRows.parse("a\n\"x\ny\"\nz\n").lines())
                .extracting(CsvRows.Line::number)
                .containsExactly(2, 4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a,b~1,2~3|3|1 values for the 2 columns a, b",
                "a,b~1,2,3|2|3 values for the 2 columns a, b",
                "a,b~1,\"2|2|a quote that begins here is not closed",
                "a,b~1,\"2\"x~|2|neither a comma nor the line's end",
                "a,~1,2|1|name the columns"
            })
    void whatIsNoTableIsRefusedWithItsLine(String text, int line, String words) {
        assertThatThrownBy(() -> CsvRows.parse(text.replace('~', '\n')))
                .isInstanceOf(MalformedCsvException.class)
                .hasMessageStartingWith("Line " + line + ": ")
                .hasMessageContaining(words);
    }
}
