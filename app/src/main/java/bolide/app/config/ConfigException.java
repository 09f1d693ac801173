package bolide.app.config;

import bolide.protocol.text.Excerpt;
import java.nio.file.Path;

/// A setting that cannot be used; the message names the key, the value, the limit and the remedy.
public final class ConfigException extends RuntimeException {
    private final String key;
    private final String value;
    private final String rule;

    public ConfigException(String message) {
        this(message, "", "", "");
    }

    private ConfigException(String message, String key, String value, String rule) {
        super(message, null, false, false);
        this.key = key;
        this.value = value;
        this.rule = rule;
    }

    /// @param value as it was given; shown cut short and on one line
    /// @param rule what the value has to be, and perhaps how to get there
    public static ConfigException of(String key, String value, String rule) {
        return new ConfigException(sentence(key, value, rule), key, value, rule);
    }

    private static String sentence(String key, String value, String rule) {
        return key + " is " + Excerpt.of(value) + ", but " + rule;
    }

    /// @return the setting; empty when it is not one alone that cannot be used
    String key() {
        return key;
    }

    /// @param name what the setting is called there
    /// @return the same with the place where the value stands
    ConfigException at(Path file, int line, String name) {
        return new ConfigException(
                file + ", line " + line + ": " + sentence(name, value, rule), key, value, rule);
    }
}
