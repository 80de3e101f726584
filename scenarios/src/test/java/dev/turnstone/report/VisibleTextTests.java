package dev.turnstone.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleTextTests {

    @ParameterizedTest
    @ValueSource(
            ints = {
                0x00, 0x07, 0x08, 0x0B, 0x0C, 0x0D, 0x1B, 0x1F, 0x7F, 0x80, 0x85, 0x90, 0x9B, 0x9D, 0x9F, 0x061C,
                0x200E, 0x200F, 0x2028, 0x2029, 0x202A, 0x202E, 0x2066, 0x2069, 0xFFF9
            })
    void a_character_that_acts_is_written_as_its_number(int character) {
        String text = "a" + (char) character + "b";
        assertThat(VisibleText.of(text)).isEqualTo("a" + String.format("\\u%04X", character) + "b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a b",
                "tab\tline\nend",
                "windows\r\nline",
                "\u00A0\u00E4\u00DF",
                "\u4E2D\u6587",
                "\uD83D\uDE00"
            })
    void other_text_stays(String text) {
        assertThat(VisibleText.of(text)).isSameAs(text);
    }

    @Test
    void a_carriage_return_alone_would_hide_what_stands_before_it() {
        assertThat(VisibleText.of("error\rfine\r\n")).isEqualTo("error\\u000Dfine\r\n");
    }
}
