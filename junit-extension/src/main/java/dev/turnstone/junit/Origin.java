package dev.turnstone.junit;

import java.util.Collection;
import java.util.stream.Collectors;

/** The origin of a setting: annotation or builder. Formats the setting as it is in the source code. */
enum Origin {
    ANNOTATION {
        @Override
        String quote(String attribute, String value) {
            return "@MigrationTest(" + attribute + " = " + value + ")";
        }

        @Override
        String skip(String revision) {
            return quote("skip", "@Skip(revision = " + Declaration.quoted(revision) + ", …)");
        }

        @Override
        String list(Collection<String> values) {
            String inside = inside(values);
            return values.size() == 1 ? inside : "{" + inside + "}";
        }
    },
    BUILDER {
        @Override
        String quote(String attribute, String value) {
            return "MigrationTestExtension.builder()." + attribute + "(" + value + ")";
        }

        @Override
        String skip(String revision) {
            return quote("skip", Declaration.quoted(revision) + ", …");
        }

        @Override
        String list(Collection<String> values) {
            return inside(values);
        }
    };

    abstract String quote(String attribute, String value);

    /** Formats a skipped revision as in the source code, without the reason. */
    abstract String skip(String revision);

    abstract String list(Collection<String> values);

    private static String inside(Collection<String> values) {
        return values.stream().map(Declaration::quoted).collect(Collectors.joining(", "));
    }
}
