package dev.turnstone.scenario;

import java.util.Locale;

/**
 * The kind of defect that a finding reports. Other programs rely on the text of {@link #label()} in reports.
 *
 * <p>The severity of a class can depend on the format of the history: each {@link Finding} has a severity of its own.
 */
public enum FindingClass {
    UP_FAILS(Severity.ERROR),
    DOWN_FAILS(Severity.ERROR),
    TIME_OUT(Severity.ERROR),
    INTERNAL_ERROR(Severity.ERROR),
    SEVERAL_HEADS(Severity.ERROR),
    SNAPSHOT_DIFFERS(Severity.ERROR),
    NOT_A_NOOP(Severity.ERROR),
    STAMPED_DIFFERS(Severity.ERROR),
    LEFTOVER(Severity.ERROR),
    MISSING(Severity.ERROR),
    CHANGED(Severity.ERROR),
    DOWN_MISSING(Severity.ERROR),
    DOWN_EMPTY(Severity.ERROR),
    DOWN_NO_EFFECT(Severity.ERROR),
    UP_AGAIN_FAILS(Severity.ERROR),
    UP_AGAIN_DIFFERS(Severity.ERROR),
    ORDER_ONLY(Severity.INFO),
    AUTO_NAME(Severity.INFO),
    HEAD_NOT_NOOP(Severity.ERROR),
    RERUN_FAILS(Severity.ERROR),
    RERUN_CHANGES(Severity.ERROR),
    DOWN_RERUN_FAILS(Severity.WARNING),
    DOWN_RERUN_CHANGES(Severity.WARNING),
    ROWS_LOST(Severity.ERROR),
    ROWS_CHANGED(Severity.ERROR),
    ROWS_ADDED(Severity.ERROR),
    UP_FAILS_ON_ROWS(Severity.ERROR),
    ASSUMES_DATA(Severity.WARNING),
    NOT_FILLED(Severity.INFO),
    ASSERTION_FAILED(Severity.ERROR),
    NOT_RESUMABLE(Severity.ERROR),
    HALF_DONE(Severity.ERROR),
    DIFFERS(Severity.ERROR),
    NO_COUNTERPART(Severity.INFO),
    EDITED(Severity.ERROR),
    NOT_ADDITIVE(Severity.WARNING),
    MISNAMED(Severity.WARNING),
    FILE_MISNAMED(Severity.WARNING),
    FORBIDDEN(Severity.ERROR),
    APPLIED_TWICE(Severity.ERROR),
    START_FAILED(Severity.ERROR),
    DEADLOCK(Severity.ERROR),
    SCRIPT_DIFFERS(Severity.ERROR),
    NEEDS_CONNECTION(Severity.INFO),
    BLOCKS_READERS(Severity.WARNING),
    BLOCKS_WRITERS(Severity.WARNING),
    REWRITES_TABLE(Severity.WARNING),
    SCANS_TABLE(Severity.WARNING);

    private final Severity severity;

    FindingClass(Severity severity) {
        this.severity = severity;
    }

    /** Returns the severity in Turnstone's own format if no setting changes it. */
    public Severity severity() {
        return severity;
    }

    /** Returns the name in lower case with hyphens, such as {@code down-no-effect}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
