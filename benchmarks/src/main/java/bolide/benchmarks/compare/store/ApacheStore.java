package bolide.benchmarks.compare.store;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.rocketmq.common.BrokerConfig;
import org.apache.rocketmq.common.TopicConfig;
import org.apache.rocketmq.common.message.MessageAccessor;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.apache.rocketmq.common.message.MessageExtBrokerInner;
import org.apache.rocketmq.store.DefaultMessageStore;
import org.apache.rocketmq.store.GetMessageResult;
import org.apache.rocketmq.store.PutMessageResult;
import org.apache.rocketmq.store.config.FlushDiskType;
import org.apache.rocketmq.store.config.MessageStoreConfig;
import org.apache.rocketmq.store.stats.BrokerStatsManager;

/// Apache's store with its default settings, driven through its public methods.
final class ApacheStore implements StoreUnderTest {
    private static final String GROUP = "bench";

    private final DefaultMessageStore store;

    ApacheStore(StoreSettings settings) throws Exception {
        MessageStoreConfig config = new MessageStoreConfig();
        config.setStorePathRootDir(settings.directory().toString());
        config.setStorePathCommitLog(settings.directory().resolve("commitlog").toString());
        config.setMappedFileSizeCommitLog(Math.toIntExact(settings.segmentBytes()));
        config.setFlushDiskType(
                settings.sync() ? FlushDiskType.SYNC_FLUSH : FlushDiskType.ASYNC_FLUSH);
        config.setHaListenPort(0);
        ConcurrentMap<String, TopicConfig> topics = new ConcurrentHashMap<>();
        int queues = settings.topics().queuesEach();
        for (String topic : settings.topics().names()) {
            topics.put(topic, new TopicConfig(topic, queues, queues));
        }
        store =
                new DefaultMessageStore(
                        config,
                        new BrokerStatsManager("bench", false),
                        (topic, queueId, offset, tagsCode, time, filter, properties) -> {},
                        new BrokerConfig(),
                        topics);
        if (!store.load()) {
            throw new IllegalStateException("Apache's store does not load");
        }
        store.start();
    }

    @Override
    public Sender sender() {
        return new PutSender();
    }

    @Override
    public Reader reader(String topic, int queueId) {
        return new GetReader(topic, queueId);
    }

    @Override
    public long end(String topic, int queueId) {
        try {
            return store.getMaxOffsetInQueue(topic, queueId, true);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        store.shutdown();
    }

    private final class PutSender implements Sender {
        private final InetSocketAddress host =
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 10911);
        private final Acknowledged acknowledged = new Acknowledged();

        // Taken apart once: that is the broker's work, for which Bolide's side does nothing either.
        private final Map<String, String> decoded =
                MessageDecoder.string2messageProperties(Messages.propertiesOf(0));

        @Override
        public void send(String topic, int queueId, byte[] body, String properties) {
            MessageExtBrokerInner message = new MessageExtBrokerInner();
            message.setTopic(topic);
            message.setQueueId(queueId);
            message.setBody(body);
            message.setBornTimestamp(System.currentTimeMillis());
            message.setBornHost(host);
            message.setStoreHost(host);
            message.setPropertiesString(properties);
            MessageAccessor.setProperties(message, decoded);
            message.setTagsCode(MessageExtBrokerInner.tagsString2tagsCode(Messages.TAG));
            CompletableFuture<PutMessageResult> result = store.asyncPutMessage(message);
            if (result.isDone()) {
                check(result.join());
            } else {
                result.thenAccept(this::check);
            }
        }

        private void check(PutMessageResult result) {
            if (!result.isOk()) {
                TrialMain.end(new IllegalStateException("refused: " + result));
            }
            acknowledged.one();
        }

        @Override
        public void publish() {
            // a put is complete in itself
        }

        @Override
        public void await(long count) {
            acknowledged.await(count);
        }
    }

    private final class GetReader implements Reader {
        private final String topic;
        private final int queueId;
        private long bytes;

        private GetReader(String topic, int queueId) {
            this.topic = topic;
            this.queueId = queueId;
        }

        @Override
        public int read(long offset, int most) {
            GetMessageResult found = store.getMessage(GROUP, topic, queueId, offset, most, null);
            for (ByteBuffer part : found.getMessageBufferList()) {
                bytes += part.remaining();
            }
            found.release();
            return found.getMessageCount();
        }

        @Override
        public long bytes() {
            return bytes;
        }
    }
}
