package dev.turnstone.database;

import dev.turnstone.error.TurnstoneException;

/** Thrown when the value of a setting is not allowed, or a setting that it requires is missing. */
public final class InvalidSettingException extends TurnstoneException {

    private final String setting;

    private InvalidSettingException(String setting, String message) {
        super(message);
        this.setting = setting;
    }

    static InvalidSettingException notOneOf(String setting, String value, String allowed) {
        return new InvalidSettingException(
                setting, setting + "=" + value + " is not valid. Allowed values: " + allowed + ".");
    }

    static InvalidSettingException notAvailable(String setting, String value, String allowed) {
        return new InvalidSettingException(
                setting, setting + "=" + value + " is not available in this version. Use one of " + allowed + ".");
    }

    static InvalidSettingException unusable(String setting, String problem) {
        return new InvalidSettingException(setting, setting + ": " + problem);
    }

    /** Returns the setting's name, for example {@code turnstone.postgres.source}. */
    public String setting() {
        return setting;
    }
}
