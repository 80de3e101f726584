package dev.turnstone.scenario;

import java.util.regex.Pattern;

/** Tells the statements that a schema of one's own does not hold in, so that they need a database of their own. */
final class ReachesBeyondSchema {

    private static final Pattern BEYOND = Pattern.compile(
            "\"?\\bpublic\\b\"?\\s*\\.|\\bsearch_path\\b|\\bCONCURRENTLY\\b"
                    + "|\\b(CREATE|DROP|ALTER)\\s+(EXTENSION|EVENT\\s+TRIGGER|PUBLICATION|SUBSCRIPTION|SCHEMA|DATABASE"
                    + "|ROLE|USER|GROUP|SERVER|FOREIGN\\s+DATA\\s+WRAPPER|LANGUAGE|CAST)\\b"
                    + "|\\bSCHEMA\\s+[\"']?public\\b"
                    // Catalogs show all schemas: who asks them by name alone sees those of other test databases too.
                    + "|\\binformation_schema\\b|\\bpg_(attrdef|attribute|class|collation|constraint|depend|description"
                    + "|enum|index|indexes|inherits|matviews|namespace|opclass|operator|policies|policy|proc|publication"
                    + "|range|rewrite|rules|sequence|sequences|stat_\\w+|statistic_ext|stats|tables|trigger|type|views)\\b",
            Pattern.CASE_INSENSITIVE);

    private ReachesBeyondSchema() {}

    static boolean test(String sql) {
        return BEYOND.matcher(sql).find();
    }
}
