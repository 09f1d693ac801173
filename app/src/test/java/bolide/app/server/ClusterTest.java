package bolide.app.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bolide.protocol.config.KvEntry;
import bolide.protocol.config.KvKey;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.RequestCode;
import bolide.protocol.frame.ResponseCode;
import bolide.protocol.route.QueueData;
import bolide.protocol.route.TopicRoute;
import bolide.store.file.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A name server in a process of its own, and brokers that share it.
@Timeout(60)
final class ClusterTest {
    private static final Map<String, String> NAME_SERVER =
            Map.of("port", "0", "roles", "nameserver");
    private static final KvKey KEY = new KvKey("n", "k");
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(40);
    private static final long GLANCE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    @TempDir private Path directory;

    @Test
    void shouldKeepTheNameServersValuesOverARestart() {
        // given
        try (RunningServer names = new RunningServer(directory, NAME_SERVER);
                Peer peer = names.peer()) {
            assertThat(peer.ask(new KvEntry(KEY, "v").encode()).code())
                    .isEqualTo(ResponseCode.SUCCESS);
            assertThatThrownBy(() -> new RunningServer(directory, NAME_SERVER))
                    .hasMessageContaining("is in use by process");
        }

        // when
        try (RunningServer names = new RunningServer(directory, NAME_SERVER);
                Peer peer = names.peer()) {
            // then
            Frame found = peer.ask(Frame.request(RequestCode.GET_KV_CONFIG, KEY.encode().build()));
            assertThat(found.fields().text("value")).isEqualTo("v");
        }
    }

    @Test
    void shouldSayThatTheNameServersValuesAreDamaged() throws IOException {
        // given
        Path file = directory.resolve("nameserver/kvConfig.json");
        try (RunningServer names = new RunningServer(directory, NAME_SERVER);
                Peer peer = names.peer()) {
            peer.ask(new KvEntry(KEY, "v").encode());
        }
        String kept = Files.readString(file);
        Files.writeString(file, kept.replace("\"v\"", "\"w\""));

        // when / then
        assertThatThrownBy(() -> new RunningServer(directory, NAME_SERVER))
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith(file + " is damaged: its content has the checksum ");

        // when: it is mended, nothing else is in the way
        Files.writeString(file, kept);

        // then
        new RunningServer(directory, NAME_SERVER).close();
    }

    @Test
    void shouldMakeATopicInTheWholeClusterOnItsFirstMessage() {
        // given
        try (RunningServer names = new RunningServer(directory.resolve("n"), NAME_SERVER);
                RunningServer first = broker(names, "first", "C");
                RunningServer second = broker(names, "second", "C");
                RunningServer elsewhere = broker(names, "elsewhere", "D");
                Peer toNames = names.peer();
                Peer toFirst = first.peer()) {
            assertThat(elsewhere.failures()).isEmpty();

            // when
            Frame sent = toFirst.ask(Ask.send("Orders", 0, "hello"));

            // then
            assertThat(sent.code()).as(sent.remark()).isEqualTo(ResponseCode.SUCCESS);
            long deadline = System.nanoTime() + PATIENCE_NANOS;
            while (holders(toNames).size() < 2 && System.nanoTime() < deadline) {
                LockSupport.parkNanos(GLANCE_NANOS);
            }
            assertThat(holders(toNames))
                    .containsExactly(
                            new QueueData("first", 4, 4, 6, 0),
                            new QueueData("second", 4, 4, 6, 0));
            try (Peer toSecond = second.peer()) {
                assertThat(toSecond.ask(Ask.send("Orders", 3, "here too")).code())
                        .isEqualTo(ResponseCode.SUCCESS);
            }
        }
    }

    private RunningServer broker(RunningServer names, String name, String cluster) {
        return new RunningServer(
                directory.resolve(name),
                Map.of(
                        "port",
                        "0",
                        "roles",
                        "broker",
                        "name",
                        name,
                        "cluster",
                        cluster,
                        "nameserver",
                        names.server().advertised().toString()));
    }

    private static List<QueueData> holders(Peer names) {
        Frame answer = names.ask(TopicRoute.request("Orders"));
        return answer.code() == ResponseCode.SUCCESS
                ? TopicRoute.decode(answer.body()).queues()
                : List.of();
    }
}
