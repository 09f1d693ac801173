package bolide.benchmarks.compare.store;

import bolide.protocol.message.NewRecord;
import bolide.protocol.message.RecordHost;
import bolide.store.Store;
import bolide.store.StoreConfig;
import bolide.store.commitlog.AppendListener;
import bolide.store.commitlog.Appender;
import bolide.store.commitlog.FlushPolicy;
import bolide.store.commitlog.LogSlices;
import bolide.store.consumequeue.ConsumeQueue;
import bolide.store.consumequeue.Entry;
import bolide.store.file.DirectoryVolume;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

/// Bolide's store, driven as the broker's handlers drive it.
final class BolideStore implements StoreUnderTest {
    private static final int MOST_BYTES = 256 * 1024; // of one read, as of a pull

    private final Store store;

    BolideStore(StoreSettings settings) {
        store =
                new Store(
                        new DirectoryVolume(settings.directory()),
                        new StoreConfig(
                                settings.sync() ? FlushPolicy.SYNC : FlushPolicy.ASYNC,
                                StoreConfig.DEFAULT.flushInterval(),
                                settings.segmentBytes()));
        store.start(
                InstantSource.system(),
                System::nanoTime,
                Thread.ofPlatform().daemon().factory(),
                queue -> {},
                TrialMain::end);
    }

    @Override
    public Sender sender() {
        return new AppenderSender(store.log().appender());
    }

    @Override
    public Reader reader(String topic, int queueId) {
        return new SliceReader(topic, queueId);
    }

    @Override
    public long end(String topic, int queueId) {
        return store.queues().find(topic, queueId).map(ConsumeQueue::maxOffset).orElse(0L);
    }

    @Override
    public void close() {
        store.close();
    }

    private static final class AppenderSender implements Sender, AppendListener {
        private final RecordHost host =
                RecordHost.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 10911));
        private final Acknowledged acknowledged = new Acknowledged();
        private final Appender appender;

        private AppenderSender(Appender appender) {
            this.appender = appender;
        }

        @Override
        public void send(String topic, int queueId, byte[] body, String properties) {
            NewRecord record =
                    new NewRecord(
                            topic.getBytes(StandardCharsets.UTF_8),
                            queueId,
                            0,
                            0,
                            System.currentTimeMillis(),
                            host,
                            host,
                            0,
                            0,
                            ByteBuffer.wrap(body),
                            properties.getBytes(StandardCharsets.UTF_8));
            appender.stage(topic, record, this);
        }

        @Override
        public void publish() {
            appender.publish();
        }

        @Override
        public void await(long count) {
            acknowledged.await(count);
        }

        @Override
        public void placed(int index, long queueOffset, long position) {
            // the numbers are of no use here
        }

        @Override
        public void readable() {
            acknowledged.one();
        }
    }

    private final class SliceReader implements Reader {
        private final String topic;
        private final int queueId;
        private long bytes;

        private SliceReader(String topic, int queueId) {
            this.topic = topic;
            this.queueId = queueId;
        }

        @Override
        public int read(long offset, int most) {
            ConsumeQueue queue = store.queues().find(topic, queueId).orElseThrow();
            long end = Math.min(queue.maxOffset(), offset + most);
            if (offset < queue.minOffset()) {
                throw new IllegalStateException("offset " + offset + " is gone");
            }
            LogSlices slices = new LogSlices(store.log().segments());
            Entry entry = new Entry();
            long next = offset;
            while (next < end && queue.read(next, entry)) {
                if (slices.size() + entry.size() > MOST_BYTES) {
                    break;
                }
                slices.add(entry.position(), entry.size());
                next++;
            }
            for (ByteBuffer part : slices.parts()) {
                bytes += part.remaining();
            }
            slices.release();
            return (int) (next - offset);
        }

        @Override
        public long bytes() {
            return bytes;
        }
    }
}
