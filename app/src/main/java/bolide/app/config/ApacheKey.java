package bolide.app.config;

import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// What becomes here of a setting of Apache's broker or name server.
sealed interface ApacheKey {
    /// It is a setting of ours.
    ///
    /// @param key ours
    /// @param value makes of Apache's value ours; may refuse it by a rule
    /// @param loss what of Apache's value is not kept; empty when all is
    record Mapped(String key, UnaryOperator<String> value, Function<String, String> loss)
            implements ApacheKey {
        Mapped(String key, UnaryOperator<String> value) {
            this(key, value, kept -> "");
        }

        Mapped(String key) {
            this(key, UnaryOperator.identity());
        }
    }

    /// It has no effect, and nothing goes wrong without it.
    ///
    /// @param reason why, for people
    /// @param same values in lower case that say what is so anyway
    record Ignored(String reason, Set<String> same) implements ApacheKey {
        boolean isSame(String value) {
            return same.contains(value.toLowerCase(Locale.ROOT));
        }
    }

    /// It can ask for what a server must not go on without.
    ///
    /// @param harmless values in lower case that ask for nothing
    /// @param rule what to do
    record Demanding(Set<String> harmless, String rule) implements ApacheKey {
        boolean isHarmless(String value) {
            return harmless.contains(value.toLowerCase(Locale.ROOT));
        }
    }

    /// A value that cannot be made one of ours.
    final class Unusable extends RuntimeException {
        /// @param rule what it has to be
        Unusable(String rule) {
            super(rule, null, false, false);
        }
    }
}
