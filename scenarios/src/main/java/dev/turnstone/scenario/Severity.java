package dev.turnstone.scenario;

import java.util.Locale;

/** How much a finding matters. Only an error fails a test or a run. */
public enum Severity {
    INFO,
    WARNING,
    ERROR;

    /** The severity in lower case, as reports spell it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
