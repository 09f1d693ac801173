package bolide.app.config;

/// The numbers that a setting may have.
///
/// @param key the setting
/// @param lowest the first that is allowed
/// @param highest the last that is allowed
record Range(String key, long lowest, long highest) {
    /// @throws ConfigException when the text is no number, or one outside of the range
    long parse(String text) {
        try {
            return check(Long.parseLong(text));
        } catch (NumberFormatException notANumber) {
            throw outside(text);
        }
    }

    /// @return the number
    /// @throws ConfigException when it is outside of the range
    long check(long number) {
        if (number < lowest || number > highest) {
            throw outside(Long.toString(number));
        }
        return number;
    }

    private ConfigException outside(String text) {
        return ConfigException.of(
                key, text, "has to be a whole number from " + lowest + " to " + highest);
    }
}
