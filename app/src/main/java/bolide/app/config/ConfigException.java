package bolide.app.config;

/// A setting that cannot be used; the message names the key, the value, the limit and the remedy.
public final class ConfigException extends RuntimeException {
    public ConfigException(String message) {
        super(message, null, false, false);
    }
}
