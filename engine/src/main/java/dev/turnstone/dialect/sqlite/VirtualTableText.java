package dev.turnstone.dialect.sqlite;

import dev.turnstone.dialect.sqlite.SqliteCatalog.Entry;
import java.util.ArrayList;
import java.util.List;

/**
 * What the text of a CREATE VIRTUAL TABLE says.
 *
 * @param module folded
 * @param arguments for the module, which may give a meaning to letter case and quotes: only white space is evened
 */
record VirtualTableText(String module, String arguments) {

    static VirtualTableText parse(Entry entry) {
        Tokens tokens = Tokens.of("table " + entry.name(), entry.sql());
        tokens.expect("create", "virtual", "table");
        tokens.accept("if", "not", "exists");
        tokens.nameInSchema();
        tokens.expect("using");
        String module = Identifier.folded(tokens.name());
        List<String> arguments = new ArrayList<>();
        if (tokens.at("(")) {
            for (List<Token> argument : Tokens.parts(tokens.parenthesised())) {
                arguments.add(CanonicalSql.spacedEvenly(argument));
            }
        }
        return new VirtualTableText(module, String.join(", ", arguments));
    }
}
