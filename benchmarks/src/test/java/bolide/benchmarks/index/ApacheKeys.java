package bolide.benchmarks.index;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.rocketmq.common.BrokerConfig;
import org.apache.rocketmq.common.SystemClock;
import org.apache.rocketmq.common.TopicConfig;
import org.apache.rocketmq.common.message.MessageAccessor;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.apache.rocketmq.common.message.MessageExtBrokerInner;
import org.apache.rocketmq.store.DefaultMessageStore;
import org.apache.rocketmq.store.PutMessageResult;
import org.apache.rocketmq.store.QueryMessageResult;
import org.apache.rocketmq.store.config.MessageStoreConfig;
import org.apache.rocketmq.store.stats.BrokerStatsManager;

/// Apache's store in a process of its own: stores messages at the times they say, then answers
/// queries, a line each: the numbers of the messages in the order in which they come. Its words: a
/// directory for the store, the files with the messages and with the queries.
final class ApacheKeys {
    private static final int SEGMENT_BYTES = 64 * 1024 * 1024;
    private static final int SLOTS = 500;
    private static final int ENTRIES_PER_FILE = 2000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final InetSocketAddress HOST =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 10911);

    private ApacheKeys() {}

    public static void main(String[] words) {
        try {
            Clocked store = new Clocked(config(words[0]));
            if (!store.load()) {
                throw new IllegalStateException("Apache's store does not load");
            }
            store.start();
            for (String line : Files.readAllLines(Path.of(words[1]))) {
                put(store, KeyedMessage.ofLine(line));
            }
            awaitIndex(store);
            for (String line : Files.readAllLines(Path.of(words[2]))) {
                System.out.println(find(store, KeyQuery.ofLine(line)));
            }
            Runtime.getRuntime().halt(0); // its threads are not daemons
        } catch (Throwable failure) {
            failure.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private static MessageStoreConfig config(String directory) {
        MessageStoreConfig config = new MessageStoreConfig();
        config.setStorePathRootDir(directory);
        config.setStorePathCommitLog(Path.of(directory, "commitlog").toString());
        config.setMappedFileSizeCommitLog(SEGMENT_BYTES);
        config.setHaListenPort(0);
        config.setMaxHashSlotNum(SLOTS);
        config.setMaxIndexNum(ENTRIES_PER_FILE);
        return config;
    }

    /// A store whose time is that of the message to be stored.
    private static final class Clocked extends DefaultMessageStore {
        private final SystemClock clock =
                new SystemClock() {
                    @Override
                    public long now() {
                        return time;
                    }
                };
        private volatile long time = 1;

        Clocked(MessageStoreConfig config) throws Exception {
            super(
                    config,
                    new BrokerStatsManager("keys", false),
                    (topic, queueId, offset, tagsCode, time, filter, properties) -> {},
                    new BrokerConfig(),
                    new ConcurrentHashMap<String, TopicConfig>());
        }

        @Override
        public SystemClock getSystemClock() {
            return clock == null ? new SystemClock() : clock; // asked while it is constructed
        }
    }

    private static void put(Clocked store, KeyedMessage stored) {
        store.time = stored.time();
        MessageExtBrokerInner message = new MessageExtBrokerInner();
        message.setTopic(stored.topic());
        message.setQueueId(0);
        message.setBody(stored.body().getBytes(StandardCharsets.US_ASCII));
        message.setBornTimestamp(stored.time());
        message.setBornHost(HOST);
        message.setStoreHost(HOST);
        message.setSysFlag(stored.sysFlag());
        message.setPropertiesString(stored.properties());
        MessageAccessor.setProperties(
                message, MessageDecoder.string2messageProperties(stored.properties()));
        PutMessageResult result = store.putMessage(message);
        if (!result.isOk()) {
            throw new IllegalStateException("refused: " + result);
        }
    }

    private static void awaitIndex(DefaultMessageStore store) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (store.dispatchBehindBytes() > 0) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("not indexed within " + PATIENCE);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static String find(DefaultMessageStore store, KeyQuery query) {
        QueryMessageResult result =
                store.queryMessage(
                        query.topic(),
                        query.key(),
                        query.most(),
                        query.begin(),
                        query.end(),
                        String.valueOf(query.kind()),
                        null);
        List<ByteBuffer> found = result.getMessageBufferList();
        String numbers =
                found.stream()
                        .map(bytes -> MessageDecoder.decode(bytes, true, false))
                        .map(message -> new String(message.getBody(), StandardCharsets.US_ASCII))
                        .collect(Collectors.joining(" "));
        result.release();
        return numbers;
    }
}
