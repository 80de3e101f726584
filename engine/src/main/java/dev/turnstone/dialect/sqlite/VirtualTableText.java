package dev.turnstone.dialect.sqlite;

import dev.turnstone.dialect.sqlite.SqliteCatalog.Entry;
import java.util.ArrayList;
import java.util.List;

/**
 * The facts in the text of a CREATE VIRTUAL TABLE.
 *
 * @param module folded
 * @param arguments for the module; only white space is normalised, because letter case and quotes can have a meaning
 *     for the module
 */
record VirtualTableText(String module, String arguments) {

    static VirtualTableText parse(Entry entry) {
        TokenReader tokens = TokenReader.of("table " + entry.name(), entry.sql());
        tokens.expect("create", "virtual", "table");
        tokens.accept("if", "not", "exists");
        tokens.nameInSchema();
        tokens.expect("using");
        String module = Identifier.folded(tokens.name());
        List<String> arguments = new ArrayList<>();
        if (tokens.at("(")) {
            for (List<SqlToken> argument : TokenReader.parts(tokens.parenthesised())) {
                arguments.add(CanonicalSql.spacedEvenly(argument));
            }
        }
        return new VirtualTableText(module, String.join(", ", arguments));
    }
}
