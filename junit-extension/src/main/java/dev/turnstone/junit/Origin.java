package dev.turnstone.junit;

import java.util.Collection;
import java.util.stream.Collectors;

/** Where something was said; knows how to quote it as a programmer has written it. */
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

    /** A revision that is skipped, as it was written; without the reason. */
    abstract String skip(String revision);

    abstract String list(Collection<String> values);

    private static String inside(Collection<String> values) {
        return values.stream().map(Declaration::quoted).collect(Collectors.joining(", "));
    }
}
