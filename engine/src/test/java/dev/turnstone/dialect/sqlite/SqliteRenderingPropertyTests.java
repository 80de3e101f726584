package dev.turnstone.dialect.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.dialect.sqlite.SqlToken.Kind;
import dev.turnstone.schema.Schema;
import dev.turnstone.schema.SchemaDiff;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A random equivalent form of each definition in {@link DefinitionVariants} results in the same schema. */
@Tag("property")
class SqliteRenderingPropertyTests {

    private static final long SEED = Long.getLong("turnstone.seed", System.nanoTime());
    private static final int TRIES = Integer.getInteger("turnstone.tries", 10);
    private static final List<String> GAPS =
            List.of(" ", "  ", "\n\t", " /* a, (comment) 'here' */ ", " -- and \"here\n", "/**/");

    private final Random random = new Random(SEED);

    @Test
    void anEquivalentDefinitionReadsTheSame() throws SQLException {
        int checked = 0;
        for (Object[] row : DefinitionVariants.definitions().map(r -> r.get()).toList()) {
            String definition = (String) row[1];
            Schema expected = DefinitionVariants.read(definition);
            for (int i = 0; i < TRIES; i++) {
                String[] rewritten = rewritten(definition, names(expected));
                assertThat(SchemaDiff.between(expected, SqliteFixture.schemaOf(rewritten))
                                .differences())
                        .describedAs("%s, with -Dturnstone.seed=%d", String.join(";\n", rewritten), SEED)
                        .isEmpty();
                checked++;
            }
        }
        System.out.println("equivalent SQLite definitions: " + checked + " checked, seed " + SEED);
        assertThat(checked).isPositive();
    }

    /** The names that can be quoted. A name that is a keyword cannot be distinguished from the keyword. */
    private static Set<String> names(Schema schema) {
        Set<String> names = new HashSet<>();
        schema.objects().keySet().forEach(id -> names.addAll(List.of(id.name().split("[.(), ]+", -1))));
        names.removeIf(name -> name.isEmpty() || Identifier.isKeyword(name));
        return names;
    }

    private String[] rewritten(String script, Set<String> names) {
        List<String> statements = new ArrayList<>();
        for (String statement : DefinitionVariants.statements(script)) {
            StringBuilder text = new StringBuilder();
            boolean forModule = false;
            for (SqlToken token : Tokenizer.tokens(statement)) {
                // The arguments of a virtual table belong to its module.
                forModule |= token.is("using");
                text.append(text.isEmpty() ? "" : GAPS.get(random.nextInt(forModule ? 2 : GAPS.size())))
                        .append(forModule ? token.text() : rewritten(token, names));
            }
            statements.add(text.toString());
        }
        return statements.toArray(new String[0]);
    }

    private String rewritten(SqlToken token, Set<String> names) {
        String text = token.text();
        if (token.kind() == Kind.WORD && names.contains(text)) {
            return switch (random.nextInt(4)) {
                case 0 -> '"' + text + '"';
                case 1 -> '[' + text + ']';
                case 2 -> '`' + text + '`';
                default -> text;
            };
        }
        if (token.kind() == Kind.WORD && Identifier.isKeyword(text)) {
            return random.nextBoolean() ? text.toUpperCase(Locale.ROOT) : text.toLowerCase(Locale.ROOT);
        }
        return text;
    }
}
