package bolide.broker.topic;

import bolide.broker.refusal.Refusal;
import bolide.protocol.body.JsonBody;
import bolide.protocol.route.DataVersion;
import bolide.protocol.text.Excerpt;
import bolide.protocol.topic.CreateTopic;
import bolide.protocol.topic.Names;
import bolide.protocol.topic.Permission;
import bolide.protocol.topic.TopicConfig;
import bolide.store.state.StateChange;
import bolide.store.state.StateKind;
import bolide.store.state.StateLog;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// The topics of this broker. Changes are records of the log before anybody hears of them, and lie
/// there before every message that depends on them.
public final class Topics {
    /// Most topics that come into being by being used; creating them by request is not limited.
    public static final int MOST_AUTO_CREATED = 100_000;

    /// The attribute that says for how many hours a topic's messages stay.
    public static final String RETENTION_HOURS = "reserve.time";

    private final StateLog stateLog;
    private final InstantSource clock;
    private final ConcurrentHashMap<String, TopicConfig> byName = new ConcurrentHashMap<>();
    private volatile TopicDefaults defaults;
    private volatile int permission;
    private volatile DataVersion version;
    private volatile Runnable onChange = () -> {};
    private volatile Consumer<TopicConfig> onFirstUse = topic -> {};

    /// @param permission what the broker permits, see [Permission]
    /// @param stored the topics that the log holds
    public Topics(
            TopicDefaults defaults,
            int permission,
            Collection<TopicConfig> stored,
            StateLog stateLog,
            InstantSource clock) {
        this.defaults = defaults;
        this.permission = permission;
        this.stateLog = stateLog;
        this.clock = clock;
        this.version = DataVersion.NONE.next(clock.millis());
        for (TopicConfig topic : defaults.builtIn()) {
            byName.put(topic.name(), topic);
        }
        for (TopicConfig topic : stored) {
            byName.put(topic.name(), topic);
        }
    }

    /// @return the topic as it was written by [#create] or on first use
    public static TopicConfig decode(byte[] stored) {
        return JsonBody.read(ByteBuffer.wrap(stored), "a topic", TopicConfig::read);
    }

    /// @return what the log says of a topic of that layout
    public static StateChange change(TopicConfig topic) {
        return StateChange.put(StateKind.TOPIC, topic.name(), encode(topic));
    }

    private static byte[] encode(TopicConfig topic) {
        ByteBuffer json = JsonBody.write(topic::write);
        byte[] bytes = new byte[json.remaining()];
        json.get(bytes);
        return bytes;
    }

    /// @return how topics come into being on first use
    public TopicDefaults defaults() {
        return defaults;
    }

    /// Changes that, until this process ends.
    public synchronized void changeDefaults(TopicDefaults changed) {
        defaults = changed;
        for (TopicConfig topic : changed.builtIn()) {
            if (topic.name().equals(Names.AUTO_CREATE)) {
                byName.put(topic.name(), topic); // never away, or producers would be refused
            } else {
                byName.putIfAbsent(topic.name(), topic);
            }
        }
        if (!changed.autoCreate()) {
            byName.remove(Names.AUTO_CREATE);
        }
        changed();
    }

    /// @param action run after every change; must not wait
    public void onChange(Runnable action) {
        onChange = action;
    }

    /// @param action told of every topic that came into being by its first message; must not wait
    public void onFirstUse(Consumer<TopicConfig> action) {
        onFirstUse = action;
    }

    public Optional<TopicConfig> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /// @return all topics but those of Bolide's own bookkeeping, as they are now, by name
    public List<TopicConfig> all() {
        List<TopicConfig> all = new ArrayList<>(byName.values());
        all.removeIf(topic -> Names.isOwn(topic.name()));
        all.sort(Comparator.comparing(TopicConfig::name));
        return all;
    }

    /// @return all topics as far as this broker permits their use
    public List<TopicConfig> permitted() {
        int mask = permission | Permission.INHERIT;
        return all().stream().map(topic -> topic.withPerm(topic.perm() & mask)).toList();
    }

    /// Permits, from now on, no other use of any topic.
    ///
    /// @param bits see [Permission]
    public synchronized void permit(int bits) {
        if (bits != permission) {
            permission = bits;
            changed();
        }
    }

    /// @return what the broker permits, see [Permission]
    public int permission() {
        return permission;
    }

    /// @return the topics that the system keeps for itself, by name
    public List<String> ofSystem() {
        return all().stream()
                .map(TopicConfig::name)
                .filter(name -> Names.isSystem(name) || defaults.isBuiltIn(name))
                .toList();
    }

    /// @return topics whose messages stay for another time than the rest
    public Map<String, Duration> ages() {
        Map<String, Duration> ages = new HashMap<>();
        for (TopicConfig topic : byName.values()) {
            String hours = topic.attributes().get(RETENTION_HOURS);
            if (hours != null
                    && TopicRules.isRetention(hours)) { // another's topic may say anything
                ages.put(topic.name(), Duration.ofHours(Long.parseLong(hours)));
            }
        }
        return ages;
    }

    /// @return moves with every change
    public DataVersion version() {
        return version;
    }

    /// Looks for a topic to read from.
    ///
    /// @param queueId has to be one of its readable queues
    public TopicLookup.Existing readable(String name, int queueId) {
        TopicConfig topic = byName.get(name);
        if (topic == null || Names.isOwn(name)) {
            return unknown(name);
        }
        if (!Permission.isReadable(permission)) {
            return notPermitted("readable");
        }
        if (!Permission.isReadable(topic.perm())) {
            return refused(
                    Refusal.Reason.NO_PERMISSION,
                    "topic " + name + " is not readable: its permission is " + topic.perm());
        }
        return inRange(topic, queueId, topic.readQueues());
    }

    /// Looks for a topic, whatever may be done with it.
    public TopicLookup.Existing existing(String name) {
        TopicConfig topic = byName.get(name);
        return topic == null || Names.isOwn(name) ? unknown(name) : new TopicLookup.Usable(topic);
    }

    /// Looks for a topic to ask about.
    ///
    /// @param queueId has to be one of its queues
    public TopicLookup.Existing existing(String name, int queueId) {
        TopicConfig topic = byName.get(name);
        return topic == null ? unknown(name) : inRange(topic, queueId, topic.queues());
    }

    /// Looks for a topic to write to, or plans one when the broker allows that.
    ///
    /// @param pattern the topic whose layout a new one takes
    /// @param wantedQueues how many queues a new one is to have, at most the pattern's; of a retry
    ///   topic the number that its group wants
    public TopicLookup writable(String name, String pattern, int wantedQueues) {
        if (Names.isClosedToProducers(name)) {
            return refused(
                    Refusal.Reason.NO_PERMISSION,
                    "topic " + name + " belongs to the system; producers may not write to it");
        }
        if (!Permission.isWritable(permission)) {
            return notPermitted("writable");
        }
        TopicConfig topic = byName.get(name);
        if (topic == null) {
            TopicLookup planned = planned(name, pattern, wantedQueues);
            return planned instanceof TopicLookup.ToBeMade made && !isWritable(made.topic())
                    ? notWritable(made.topic())
                    : planned;
        }
        return isWritable(topic) ? new TopicLookup.Usable(topic) : notWritable(topic);
    }

    private TopicLookup.Existing notPermitted(String use) {
        return refused(
                Refusal.Reason.NO_PERMISSION,
                "no topic of this broker is "
                        + use
                        + " at present: its own permission is "
                        + permission);
    }

    private static boolean isWritable(TopicConfig topic) {
        return Permission.isWritable(topic.perm());
    }

    private static TopicLookup.Existing notWritable(TopicConfig topic) {
        return refused(
                Refusal.Reason.NO_PERMISSION,
                "topic " + topic.name() + " is not writable: its permission is " + topic.perm());
    }

    private TopicLookup planned(String name, String pattern, int wantedQueues) {
        String problem = Names.topicProblem(name);
        if (!problem.isEmpty()) {
            return refused(Refusal.Reason.INVALID_PARAMETER, problem);
        }
        if (Names.isSystem(name)) {
            return unknown(name);
        }
        TopicConfig model = byName.get(pattern);
        boolean allowed = model != null && Permission.isInherited(model.perm());
        if (!Names.isRetry(name) && !allowed) {
            return unknown(name);
        }
        if (byName.size() >= MOST_AUTO_CREATED) {
            return refused(
                    Refusal.Reason.NO_PERMISSION,
                    "topic "
                            + name
                            + " is not made on first use: this broker has "
                            + byName.size()
                            + " topics already; create it by request");
        }
        if (Names.isRetry(name)) {
            return new TopicLookup.ToBeMade(TopicConfig.of(name, Math.max(1, wantedQueues)));
        }
        int queues = Math.max(1, Math.min(wantedQueues, model.writeQueues()));
        return new TopicLookup.ToBeMade(
                TopicConfig.of(name, queues).withPerm(model.perm() & ~Permission.INHERIT));
    }

    /// Makes the topic unless there is one of that name. Does not wait: a message that follows in
    /// the log is not acknowledged before this change is as safe as itself.
    ///
    /// @return the topic of that name
    public synchronized TopicConfig ensure(TopicConfig topic) {
        TopicConfig present = byName.get(topic.name());
        if (present != null) {
            return present;
        }
        store(topic);
        if (!Names.isDerived(topic.name())) { // groups bring theirs to each broker
            onFirstUse.accept(topic);
        }
        return topic;
    }

    /// Makes the topics, or changes them: all, or none when one of them cannot be.
    ///
    /// @return completed when the changes are safe; or why they are not made
    /// @throws bolide.store.commitlog.StoreRefusal when the log takes no more; topics before the
    ///   one that it did not take are as they are to be
    public synchronized TopicChange create(List<CreateTopic> requests) {
        for (CreateTopic request : requests) {
            String problem = TopicRules.problem(request);
            if (!problem.isEmpty()) {
                return new TopicChange.Refused(
                        Refusal.of(Refusal.Reason.INVALID_PARAMETER, problem));
            }
        }
        List<CompletableFuture<Void>> safe = new ArrayList<>();
        for (CreateTopic request : requests) {
            TopicConfig topic = request.config();
            TopicConfig present = byName.get(topic.name());
            Map<String, String> attributes = present == null ? Map.of() : present.attributes();
            safe.add(store(topic.withAttributes(request.attributes().applyTo(attributes))));
        }
        return new TopicChange.Done(
                CompletableFuture.allOf(safe.toArray(CompletableFuture[]::new)));
    }

    /// @return why the topic cannot be deleted; empty when it can, or is not there
    public Optional<Refusal> undeletable(String name) {
        if (name.isBlank()) {
            return Optional.of(Refusal.of(Refusal.Reason.INVALID_PARAMETER, "no topic is named"));
        }
        return Names.isSystem(name) || defaults.isBuiltIn(name)
                ? Optional.of(
                        Refusal.of(
                                Refusal.Reason.INVALID_PARAMETER,
                                "topic " + Excerpt.of(name) + " belongs to the system and stays"))
                : Optional.empty();
    }

    /// Deletes the topic and its messages. Should it be made again, its queues begin at 0.
    ///
    /// @param related further changes that have to hold together with this one
    /// @return completed when the change is safe; or why it is not done
    public synchronized TopicChange delete(String name, List<StateChange> related) {
        Optional<Refusal> refusal = undeletable(name);
        if (refusal.isPresent()) {
            return new TopicChange.Refused(refusal.get());
        }
        if (!byName.containsKey(name)) { // as it is to be already
            return new TopicChange.Done(
                    related.isEmpty()
                            ? CompletableFuture.completedFuture(null)
                            : stateLog.write(related));
        }
        List<StateChange> changes = new ArrayList<>(related);
        changes.add(StateChange.remove(StateKind.TOPIC, name));
        CompletableFuture<Void> safe = stateLog.write(changes); // refused: the topic stays
        byName.remove(name);
        changed();
        return new TopicChange.Done(safe);
    }

    private CompletableFuture<Void> store(TopicConfig topic) {
        CompletableFuture<Void> safe = stateLog.write(List.of(change(topic)));
        byName.put(topic.name(), topic);
        changed();
        return safe;
    }

    /// The table is as it is to be; whoever sees the new version sees that.
    private void changed() {
        version = version.next(clock.millis());
        onChange.run();
    }

    private TopicLookup.Existing inRange(TopicConfig topic, int queueId, int queues) {
        if (queueId < 0 || queueId >= queues) {
            return refused(
                    Refusal.Reason.INVALID_PARAMETER,
                    "topic "
                            + topic.name()
                            + " has queues 0 to "
                            + (queues - 1)
                            + ", not "
                            + queueId);
        }
        return new TopicLookup.Usable(topic);
    }

    private static TopicLookup.Existing unknown(String name) {
        return refused(
                Refusal.Reason.TOPIC_UNKNOWN,
                "topic " + Excerpt.of(name) + " does not exist on this broker; create it first");
    }

    private static TopicLookup.Existing refused(Refusal.Reason reason, String detail) {
        return new TopicLookup.Refused(Refusal.of(reason, detail));
    }
}
