package bolide.broker.config;

import bolide.broker.refusal.Outcome;
import bolide.broker.refusal.Refusal;
import bolide.broker.topic.TopicDefaults;
import bolide.broker.topic.Topics;
import bolide.protocol.route.DataVersion;
import bolide.protocol.text.Excerpt;
import bolide.remoting.Caller;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the broker is set to, by the names that Apache's broker gives its settings. Those that are
/// named here as changeable can be changed while it runs, which holds until it ends; everything
/// else is the configuration file's. Guarded by itself.
public final class Settings {
    private static final Logger LOG = LoggerFactory.getLogger(Settings.class);
    private static final String AUTO_CREATE = "autoCreateTopicEnable";
    private static final String QUEUES = "defaultTopicQueueNums";
    private static final String PERMISSION = "brokerPermission";
    private static final List<String> CHANGEABLE = List.of(AUTO_CREATE, QUEUES, PERMISSION);
    private static final int MOST_QUEUES = 1024;

    private final SortedMap<String, String> fixed;
    private final Topics topics;
    private final InstantSource clock;
    private DataVersion version;

    /// @param fixed what does not change while the broker runs
    public Settings(Map<String, String> fixed, Topics topics, InstantSource clock) {
        this.fixed = new TreeMap<>(fixed);
        this.topics = topics;
        this.clock = clock;
        this.version = DataVersion.NONE.next(clock.millis());
    }

    /// @return all settings, as they are now
    public SortedMap<String, String> all() {
        SortedMap<String, String> all = new TreeMap<>(fixed);
        TopicDefaults defaults = topics.defaults();
        all.put(AUTO_CREATE, Boolean.toString(defaults.autoCreate()));
        all.put(QUEUES, Integer.toString(defaults.queues()));
        all.put(PERMISSION, Integer.toString(topics.permission()));
        return all;
    }

    /// @return moves with every change, and only then
    public synchronized DataVersion version() {
        return version;
    }

    /// Changes all that are named, or none.
    ///
    /// @return the version after it
    public synchronized Outcome<DataVersion> change(Map<String, String> wanted, Caller caller) {
        for (String name : wanted.keySet()) {
            Optional<Refusal> refusal = problem(name);
            if (refusal.isPresent()) {
                return new Outcome.Refused<>(refusal.get());
            }
        }
        TopicDefaults before = topics.defaults();
        String autoCreate = wanted.getOrDefault(AUTO_CREATE, "" + before.autoCreate());
        String queues = wanted.getOrDefault(QUEUES, "" + before.queues());
        String permission = wanted.getOrDefault(PERMISSION, "" + topics.permission());
        if (!autoCreate.equals("true") && !autoCreate.equals("false")) {
            return unusable(AUTO_CREATE, autoCreate, "true or false");
        }
        if (!queues.matches("[1-9][0-9]{0,3}") || Integer.parseInt(queues) > MOST_QUEUES) {
            return unusable(QUEUES, queues, "1 to " + MOST_QUEUES);
        }
        if (!permission.matches("[0-7]")) {
            return unusable(PERMISSION, permission, "0 to 7 (2 write, 4 read)");
        }
        TopicDefaults after =
                new TopicDefaults(
                        before.cluster(),
                        before.brokerName(),
                        Boolean.parseBoolean(autoCreate),
                        Integer.parseInt(queues));
        boolean samePermission = Integer.parseInt(permission) == topics.permission();
        if (after.equals(before) && samePermission) {
            return Outcome.of(version);
        }
        topics.permit(Integer.parseInt(permission));
        if (!after.equals(before)) {
            topics.changeDefaults(after);
        }
        version = version.next(clock.millis());
        LOG.info(
                "{} has changed {}; it holds until this process ends",
                caller.connection().remoteAddress(),
                wanted);
        return Outcome.of(version);
    }

    private Optional<Refusal> problem(String name) {
        if (CHANGEABLE.contains(name)) {
            return Optional.empty();
        }
        return Optional.of(
                Refusal.of(
                        Refusal.Reason.NO_PERMISSION,
                        "setting "
                                + Excerpt.of(name)
                                + (fixed.containsKey(name) ? "" : ", which is not known here,")
                                + " cannot be changed while the broker runs; "
                                + String.join(", ", CHANGEABLE)
                                + " can, everything else is the configuration file's"));
    }

    private static Outcome<DataVersion> unusable(String name, String value, String bounds) {
        return Outcome.refused(
                Refusal.Reason.INVALID_PARAMETER,
                "setting " + name + " is " + Excerpt.of(value) + "; choose " + bounds);
    }
}
