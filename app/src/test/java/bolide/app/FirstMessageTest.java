package bolide.app;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.app.server.RunningServer;
import bolide.client.BolideClient;
import bolide.client.consumer.StartAt;
import bolide.client.producer.Message;
import bolide.client.producer.Producer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// How long a new group waits for what has been stored before it came. A wait in the client or the
/// server would be in each of several tries, what else the machine does is not.
@Timeout(value = 1, unit = TimeUnit.MINUTES)
final class FirstMessageTest {
    private static final String TOPIC = "orders";
    private static final int TRIES = 20;
    private static final Duration SOON = Duration.ofMillis(100);

    @TempDir private Path directory;

    private RunningServer server;

    @BeforeEach
    void start() {
        server = new RunningServer(directory.resolve("data"));
        try (BolideClient client = connect()) {
            Producer producer = client.producer("shop");
            for (int i = 0; i < 16; i++) {
                producer.send(Message.of(TOPIC, new byte[1024]));
            }
        }
    }

    @AfterEach
    void stop() {
        server.close();
        assertThat(server.failures()).isEmpty();
    }

    private BolideClient connect() {
        return BolideClient.connect(server.server().advertised().toString());
    }

    @Test
    void shouldHaveTheFirstMessageOfANewGroupAtOnce() throws Exception {
        // given
        List<Duration> took = new ArrayList<>();

        // when each group is that of a new client
        for (int number = 0; number < TRIES; number++) {
            try (BolideClient client = connect()) {
                took.add(firstMessageAfter(client, "group-" + number));
            }
        }

        // then
        assertThat(took.stream().sorted().toList().get(TRIES / 4)).isLessThan(SOON);
    }

    private static Duration firstMessageAfter(BolideClient client, String group) throws Exception {
        CompletableFuture<Long> arrived = new CompletableFuture<>();
        long startNanos = System.nanoTime();
        client.consumer(group)
                .subscribe(TOPIC)
                .startAt(StartAt.FIRST)
                .start(message -> arrived.complete(System.nanoTime()));
        return Duration.ofNanos(arrived.get(30, TimeUnit.SECONDS) - startNanos);
    }
}
