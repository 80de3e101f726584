package dev.turnstone.database;

import dev.turnstone.error.TurnstoneException;

/** Thrown for a setting whose value is not one of those it can have, or that needs another which is missing. */
public final class InvalidSettingException extends TurnstoneException {

    private final String setting;

    private InvalidSettingException(String setting, String message) {
        super(message);
        this.setting = setting;
    }

    static InvalidSettingException notOneOf(String setting, String value, String allowed) {
        return new InvalidSettingException(
                setting, setting + "=" + value + " is not understood. Its values are " + allowed + ".");
    }

    static InvalidSettingException notAvailable(String setting, String value, String allowed) {
        return new InvalidSettingException(
                setting, setting + "=" + value + " is not available in this version. Use one of " + allowed + ".");
    }

    static InvalidSettingException unusable(String setting, String problem) {
        return new InvalidSettingException(setting, setting + ": " + problem);
    }

    /** The setting's name, for example {@code turnstone.postgres.source}. */
    public String setting() {
        return setting;
    }
}
