package bolide.app.takeover;

import bolide.protocol.message.NewRecord;
import bolide.store.Store;
import bolide.store.StoreConfig;
import bolide.store.commitlog.AppendListener;
import bolide.store.commitlog.FlushPolicy;
import bolide.store.file.DirectoryVolume;
import bolide.store.state.StateChange;
import bolide.store.state.StateKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/// A directory as a stopped broker of Apache's leaves it: the log has been written by our own
/// store, which writes the same records, the rest by hand.
public final class ApacheDirectory {
    public static final int SEGMENT_BYTES = 65_536;

    private static final InetSocketAddress HERE =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 10911);
    private static final int UNIT_BYTES = 20;
    private static final int UNITS_IN_FILE = 64;

    private final Path root;
    private final Map<String, List<long[]>> units = new LinkedHashMap<>();

    public ApacheDirectory(Path root) {
        this.root = root;
    }

    public Path root() {
        return root;
    }

    /// Two topics, one of them in three segments, a group that has consumed some, all files there.
    public static ApacheDirectory usual(Path root) {
        ApacheDirectory directory = new ApacheDirectory(root);
        directory.log(log -> {
            log.add("orders", 0, 3, 100);
            log.add("orders", 1, 80, 2000);
            log.add("payments", 0, 5, 100);
        });
        directory.config(
                "topics.json",
                """
                {"dataVersion":{"counter":3,"stateVersion":0,"timestamp":1},
                "topicConfigTable":{
                "orders":{"attributes":{"+message.type":"NORMAL"},"order":false,"perm":6,
                "readQueueNums":4,"topicFilterType":"SINGLE_TAG","topicName":"orders",
                "topicSysFlag":0,"writeQueueNums":4},
                "payments":{"order":false,"perm":6,"readQueueNums":1,"topicName":"payments",
                "topicFilterType":"SINGLE_TAG","topicSysFlag":0,"writeQueueNums":1},
                "SCHEDULE_TOPIC_XXXX":{"order":false,"perm":6,"readQueueNums":18,
                "topicName":"SCHEDULE_TOPIC_XXXX","writeQueueNums":18},
                "TBW102":{"order":false,"perm":7,"readQueueNums":8,"topicName":"TBW102",
                "writeQueueNums":8}}}
                """);
        directory.config(
                "subscriptionGroup.json",
                """
                {"dataVersion":{"counter":1},"forbiddenTable":{},"subscriptionGroupTable":{
                "readers":{"consumeEnable":true,"consumeBroadcastEnable":false,
                "groupName":"readers","retryMaxTimes":7}}}
                """);
        directory.config(
                "consumerOffset.json",
                """
                {"offsetTable":{"orders@readers":{0:2,1:55
                },"payments@readers":{0:5},"gone@readers":{0:9},"SCHEDULE_TOPIC_XXXX@readers":{1:1}
                }}
                """);
        directory.config("delayOffset.json", "{\"offsetTable\":{}}");
        directory.file("checkpoint", new byte[4096]);
        return directory;
    }

    /// What goes to the log.
    public interface Filling {
        void into(Messages log);
    }

    /// Takes messages, each of which gets a unit in its consume queue.
    public interface Messages {
        default void add(String topic, int queueId, int count, int bodyBytes) {
            add(topic, queueId, count, "x".repeat(bodyBytes), "");
        }

        void add(String topic, int queueId, int count, String body, String properties);

        /// Deletes the topic: its queues begin at 0 again, as they do with Apache's broker.
        default void delete(String topic) {
            throw new UnsupportedOperationException(topic);
        }
    }

    /// Writes the log and the consume queues; what our own store makes beside is taken away.
    public ApacheDirectory log(Filling filling) {
        StoreConfig config =
                new StoreConfig(FlushPolicy.SYNC, StoreConfig.SHORTEST_INTERVAL, SEGMENT_BYTES);
        try (Store store = new Store(new DirectoryVolume(root), config)) {
            store.start(
                    InstantSource.system(),
                    System::nanoTime,
                    Thread.ofPlatform().daemon(true).factory(),
                    queue -> {},
                    failure -> {
                        throw new AssertionError(failure);
                    });
            filling.into(
                    new Messages() {
                        @Override
                        public void add(
                                String topic,
                                int queueId,
                                int count,
                                String body,
                                String properties) {
                            append(store, topic, queueId, count, body, properties);
                        }

                        @Override
                        public void delete(String topic) {
                            store.stateLog()
                                    .write(List.of(StateChange.remove(StateKind.TOPIC, topic)))
                                    .join();
                            units.keySet().removeIf(queue -> queue.startsWith(topic + "/"));
                        }
                    });
        }
        for (String ours : List.of("index", "snapshot", "spare", "flushed")) {
            remove(ours);
        }
        units.forEach(this::queue);
        return this;
    }

    private void append(
            Store store, String topic, int queueId, int count, String body, String properties) {
        for (int i = 0; i < count; i++) {
            CompletableFuture<Void> safe = new CompletableFuture<>();
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            NewRecord record =
                    new NewRecord(
                            topic.getBytes(StandardCharsets.UTF_8),
                            queueId,
                            0,
                            0,
                            1,
                            HERE,
                            HERE,
                            0,
                            0,
                            ByteBuffer.wrap(bytes),
                            properties.getBytes(StandardCharsets.UTF_8));
            store.log()
                    .appender()
                    .stage(
                            topic,
                            record,
                            new AppendListener() {
                                @Override
                                public void placed(int index, long offset, long position) {
                                    units.computeIfAbsent(
                                                    topic + "/" + queueId, k -> new ArrayList<>())
                                            .add(new long[] {position, record.encodedBytes()});
                                }

                                @Override
                                public void readable() {
                                    safe.complete(null);
                                }
                            });
            store.log().appender().publish();
            safe.join();
        }
    }

    private void queue(String queue, List<long[]> entries) {
        for (int from = 0; from < entries.size(); from += UNITS_IN_FILE) {
            ByteBuffer file = ByteBuffer.allocate(UNITS_IN_FILE * UNIT_BYTES);
            for (int i = from; i < Math.min(from + UNITS_IN_FILE, entries.size()); i++) {
                long[] entry = entries.get(i);
                file.putLong(entry[0]).putInt((int) entry[1]).putLong(0);
            }
            file(
                    "consumequeue/" + queue + "/" + "%020d".formatted(from * UNIT_BYTES),
                    file.array());
        }
    }

    public ApacheDirectory config(String name, String json) {
        return file("config/" + name, json.getBytes(StandardCharsets.UTF_8));
    }

    public ApacheDirectory file(String name, byte[] bytes) {
        try {
            Files.createDirectories(root.resolve(name).getParent());
            Files.write(root.resolve(name), bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @return where the segments begin
    public List<Path> segments() {
        return list("commitlog");
    }

    private List<Path> list(String folder) {
        try (Stream<Path> files = Files.list(root.resolve(folder))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void remove(String name) {
        Path path = root.resolve(name);
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void rename(String name, String newName) {
        try {
            Files.createDirectories(root.resolve(newName).getParent());
            Files.move(root.resolve(name), root.resolve(newName));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @return the bytes of all files, by name, but for those that a lock leaves
    public Map<String, Integer> content() {
        Map<String, Integer> content = new LinkedHashMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = root.relativize(file).toString();
                if (!name.equals("lock") && !name.equals("bolide.pid")) {
                    content.put(name, ByteBuffer.wrap(Files.readAllBytes(file)).hashCode());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return content;
    }
}
