package bolide.benchmarks.index;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.protocol.message.NewRecord;
import bolide.protocol.message.RecordHost;
import bolide.protocol.message.RecordView;
import bolide.store.Store;
import bolide.store.StoreConfig;
import bolide.store.commitlog.AppendListener;
import bolide.store.commitlog.FlushPolicy;
import bolide.store.file.DirectoryVolume;
import bolide.store.index.Generation;
import bolide.store.index.KeyKind;
import bolide.store.recovery.RecordLookup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Our store: stores messages at the times they say, then answers queries. Some of its index is in
/// files, some in memory.
final class BolideKeys {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private BolideKeys() {}

    /// @return for each query the numbers of the messages found, in the order they came
    static List<List<Integer>> answer(
            Path directory, List<KeyedMessage> messages, List<KeyQuery> queries) {
        StoreConfig config =
                new StoreConfig(
                        FlushPolicy.ASYNC,
                        StoreConfig.DEFAULT.flushInterval(),
                        StoreConfig.SMALLEST_SEGMENT_BYTES,
                        new Generation.Limits(1000, 1 << 20));
        AtomicLong time = new AtomicLong(messages.getFirst().time());
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        List<List<Integer>> answers = new ArrayList<>();
        try (Store store = new Store(new DirectoryVolume(directory), config)) {
            store.start(
                    () -> Instant.ofEpochMilli(time.get()),
                    System::nanoTime,
                    Thread.ofPlatform().daemon().factory(),
                    queue -> {},
                    failures::add);
            for (KeyedMessage message : messages) {
                time.set(message.time());
                append(store, message);
            }
            store.caughtUp().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
            RecordLookup log = new RecordLookup(store.log().segments());
            for (KeyQuery query : queries) {
                List<Integer> found = new ArrayList<>();
                for (long position : find(store, query)) {
                    assertThat(log.test(position, record -> found.add(numberOf(record)))).isTrue();
                }
                answers.add(found);
            }
        }
        assertThat(failures).isEmpty();
        return answers;
    }

    private static long[] find(Store store, KeyQuery query) {
        KeyKind kind =
                switch (query.kind()) {
                    case 'U' -> KeyKind.UNIQUE;
                    case 'T' -> KeyKind.TAG;
                    default -> KeyKind.KEY;
                };
        return store.keys()
                .find(query.topic(), query.key(), kind, query.most(), query.begin(), query.end());
    }

    private static int numberOf(RecordView record) {
        return Integer.parseInt(StandardCharsets.US_ASCII.decode(record.body()).toString());
    }

    private static void append(Store store, KeyedMessage message) {
        RecordHost host =
                RecordHost.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 10911));
        store.log()
                .appender()
                .stage(
                        message.topic(),
                        new NewRecord(
                                message.topic().getBytes(StandardCharsets.UTF_8),
                                0,
                                0,
                                message.sysFlag(),
                                message.time(),
                                host,
                                host,
                                0,
                                0,
                                ByteBuffer.wrap(message.body().getBytes(StandardCharsets.UTF_8)),
                                message.properties().getBytes(StandardCharsets.UTF_8)),
                        new Unheard());
        store.log().appender().publish();
    }

    private static final class Unheard implements AppendListener {
        @Override
        public void placed(int index, long queueOffset, long position) {
            // the numbers are of no use here
        }

        @Override
        public void readable() {
            // asked of the store, for all of them
        }
    }
}
