package dev.turnstone.source;

/** How revisions are written down. {@link #label()} is the spelling in options and reports. */
public enum Format {
    /** Our own: SQL revision files and annotated classes. */
    TURNSTONE("turnstone"),
    /** Pairs {@code NNN_x.up.sql} and {@code NNN_x.down.sql}. */
    GOLANG_MIGRATE("golang-migrate");

    private final String label;

    Format(String label) {
        this.label = label;
    }

    /** The name in options and reports. */
    public String label() {
        return label;
    }
}
