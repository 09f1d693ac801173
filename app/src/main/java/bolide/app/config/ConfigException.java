package bolide.app.config;

import bolide.protocol.text.Excerpt;

/// A setting that cannot be used; the message names the key, the value, the limit and the remedy.
public final class ConfigException extends RuntimeException {
    public ConfigException(String message) {
        super(message, null, false, false);
    }

    /// @param value as it was given; shown cut short and on one line
    /// @param rule what the value has to be, and perhaps how to get there
    public static ConfigException of(String key, String value, String rule) {
        return new ConfigException(key + " is " + Excerpt.of(value) + ", but " + rule);
    }
}
