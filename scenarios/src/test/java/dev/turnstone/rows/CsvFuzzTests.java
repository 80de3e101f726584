package dev.turnstone.rows;

import dev.turnstone.error.TurnstoneException;
import dev.turnstone.testing.FuzzedInputs;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Mutated CSV: each text is read or refused with a message. */
@Tag("fuzz")
class CsvFuzzTests {

    @Test
    void texts() {
        List<String> corpus = List.of(
                "id,email\n1,a@b.c\n2,\"x, \"\"y\"\"\nz\"\n\n3,\n4,\"\"\n",
                "\uFEFFa\r\n1\r\n\r\n2",
                "a,b,c\n\"1\",'2',\t3\n");
        new FuzzedInputs("CSV", corpus, 3_000).feedTo(TurnstoneException.class, CsvRows::parse);
    }
}
