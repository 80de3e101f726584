package dev.turnstone.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.error.TurnstoneException;
import dev.turnstone.testing.FuzzedInputs;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Mutated snapshot files: each is read, and can be written again, or is refused with a message. */
@Tag("fuzz")
class SnapshotFuzzTests {

    private static final List<String> CORPUS = List.of("""
            turnstone-snapshot 1
            dialect sqlite

            table customer
              column id: INTEGER
              column "e\\"mail": TEXT not null
                collation: nocase
              column state: TEXT
                default: 'new'
              primary-key: id
                autoincrement = yes
              unique: "e\\"mail"
              check state: state in ('new', 'paid')
                columns: state
              foreign-key: customer
                references customer: id
                on delete = cascade
              index ux_invoice unique
                key customer
                  sorted: desc
                key: lower(amount)
                where: amount > 10
              trigger t
                definition = |
                | CREATE TRIGGER t
                |
                \\ SELECT '\\u0001'; END

            view open_invoice
              query: select id, amount from invoice where amount > 0
            """, """
            turnstone-snapshot 1
            dialect postgresql

            enum state
              values = 'new', 'paid'

            table invoice
              column id: integer not null
                identity: by default
              column state: state not null
                default: 'new'::state
              primary-key invoice_pkey: id
              comment: what is "sold"
              partition key = range

            function total(integer)
              part-of table invoice
              name-by-server
              definition = |
                | SELECT 1
            """, """
            turnstone-snapshot 1\r
            dialect sqlite\r
            \r
            table t\r
              column a: numeric(10, 2)\r
            """);

    @Test
    void files() {
        new FuzzedInputs("the reader of snapshot files", CORPUS, 3_000).feedTo(TurnstoneException.class, text -> {
            SchemaSnapshot snapshot = SnapshotReader.read("a.snapshot", text);
            String written = SnapshotWriter.write(snapshot);
            assertThat(SnapshotWriter.write(SnapshotReader.read("a.snapshot", written)))
                    .isEqualTo(written);
        });
    }
}
