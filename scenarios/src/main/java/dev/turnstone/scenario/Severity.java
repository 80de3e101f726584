package dev.turnstone.scenario;

import java.util.Locale;

/** The severity of a finding. Only an error fails a test or a run. */
public enum Severity {
    INFO,
    WARNING,
    ERROR;

    /** Returns the severity in lower case, as in reports. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
