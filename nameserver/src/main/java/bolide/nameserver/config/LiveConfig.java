package bolide.nameserver.config;

import bolide.protocol.text.Excerpt;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The settings of a running name server. Changes last until the process ends: what it starts with
/// stands in its configuration. For any thread.
public final class LiveConfig {
    private static final Logger LOG = LoggerFactory.getLogger(LiveConfig.class);

    private final SortedMap<String, String> fixed;
    private volatile NameServerConfig now;

    /// @param fixed what tools are shown beside, by Apache's names
    public LiveConfig(NameServerConfig initial, Map<String, String> fixed) {
        this.now = initial;
        this.fixed = new TreeMap<>(fixed);
    }

    public NameServerConfig now() {
        return now;
    }

    /// @return every setting by Apache's name for it
    public SortedMap<String, String> shown() {
        NameServerConfig shown = now;
        SortedMap<String, String> settings = new TreeMap<>(fixed);
        for (Switch each : Switch.values()) {
            settings.put(each.key(), Boolean.toString(shown.isOn(each)));
        }
        return settings;
    }

    /// @param wanted values by Apache's names
    public synchronized ConfigChange update(Map<String, String> wanted) {
        NameServerConfig after = now;
        for (String key : new TreeSet<>(wanted.keySet())) {
            Switch changed = find(key);
            if (changed == null) {
                return new ConfigChange.NotAllowed(notAllowed(key));
            }
            String value = wanted.get(key).toLowerCase(Locale.ROOT);
            if (!value.equals("true") && !value.equals("false")) {
                return new ConfigChange.Malformed(
                        key + " is " + Excerpt.of(wanted.get(key)) + ", but is true or false");
            }
            after = after.with(changed, Boolean.parseBoolean(value));
        }
        if (!after.equals(now)) {
            LOG.info("settings are now {}; until the next start", after);
            now = after;
        }
        return new ConfigChange.Changed();
    }

    private static Switch find(String key) {
        for (Switch each : Switch.values()) {
            if (each.key().equals(key)) {
                return each;
            }
        }
        return null;
    }

    private String notAllowed(String key) {
        return "setting "
                + Excerpt.of(key)
                + (fixed.containsKey(key) ? " is fixed at the start" : " is none of this server's")
                + "; while it runs only these change: "
                + Stream.of(Switch.values()).map(Switch::key).collect(Collectors.joining(", "));
    }
}
