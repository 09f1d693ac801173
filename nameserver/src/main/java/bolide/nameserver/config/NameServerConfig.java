package bolide.nameserver.config;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/// What a name server can be told, also while it runs.
///
/// @param on the switches that are on
public record NameServerConfig(Set<Switch> on) {
    /// As Apache's name server is when nobody says anything.
    public static final NameServerConfig DEFAULT =
            new NameServerConfig(
                    EnumSet.of(Switch.ORDER_TO_BROKERS, Switch.ALL_TOPIC_LIST, Switch.TOPIC_LIST));

    public NameServerConfig {
        Set<Switch> own = EnumSet.noneOf(Switch.class);
        own.addAll(on);
        on = Collections.unmodifiableSet(own);
    }

    public boolean isOn(Switch which) {
        return on.contains(which);
    }

    public NameServerConfig with(Switch which, boolean isOn) {
        Set<Switch> after = EnumSet.noneOf(Switch.class);
        after.addAll(on);
        if (isOn) {
            after.add(which);
        } else {
            after.remove(which);
        }
        return new NameServerConfig(after);
    }
}
