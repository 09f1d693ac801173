package bolide.app;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.app.server.Ask;
import bolide.app.server.Peer;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Many clients lose their server at the same moment, and come back at the same moment.
///
/// `-Dreconnect.clients=5000` makes them so many, `-Dreconnect.members=50` a group so large.
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class ReconnectTest {
    private static final int CLIENTS = Integer.getInteger("reconnect.clients", 500);
    private static final int MEMBERS = Integer.getInteger("reconnect.members", 50);
    private static final int OWN_DESCRIPTORS = 500; // jars, files of the log, and the like
    private static final Duration MOST = Duration.ofSeconds(10);
    private static final String TOPIC = "orders";

    @TempDir private Path directory;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<ReturningClient> clients = new ArrayList<>();

    @AfterEach
    void leave() {
        clients.forEach(ReturningClient::close);
        threads.close();
    }

    @Test
    void shouldServeEverybodyWithinTenSecondsWhenAllComeBackAtOnce() throws Exception {
        // given
        Descriptors.assertEnoughFor(CLIENTS + OWN_DESCRIPTORS);
        for (int number = 0; number < CLIENTS; number++) {
            clients.add(
                    new ReturningClient("client-" + number, "group-" + number / MEMBERS, TOPIC));
        }
        InetSocketAddress address;
        try (ServerProcess first = serve(0)) {
            address = address(first);
            try (Peer producer = Peer.of(address)) {
                assertThat(producer.ask(Ask.createTopic(TOPIC, 1)).code()).isZero();
                assertThat(producer.ask(Ask.send(TOPIC, 0, "early")).code()).isZero();
            }
            allCome("the first time", address);
            first.kill();
            forAll(client ->
                    () -> {
                        client.awaitLoss();
                        return null;
                    });
        }

        try (ServerProcess second = serve(address.getPort())) {
            // when
            Duration took = allCome("back", address);

            // then
            assertThat(took).isLessThan(MOST);
            try (Peer producer = Peer.of(address)) {
                assertThat(producer.ask(Ask.send(TOPIC, 0, "late")).code()).isZero();
            }
            assertThat(forAll(client -> client::awaitMessages)).containsOnly(List.of("late"));
            assertThat(second.isAlive()).isTrue();
        }
    }

    /// @return how long it took until the last was served
    private Duration allCome(String when, InetSocketAddress server) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Long>> coming = new ArrayList<>();
        for (ReturningClient client : clients) {
            coming.add(
                    threads.submit(() -> {
                        start.await();
                        client.come(server, "early");
                        return System.nanoTime();
                    }));
        }
        long began = System.nanoTime();
        start.countDown();
        List<Long> nanos = new ArrayList<>();
        for (Future<Long> served : coming) {
            nanos.add(served.get() - began);
        }
        Collections.sort(nanos);
        System.out.printf(
                Locale.ROOT,
                "%d clients came %s, in groups of %d: half were served in %d ms, all in %d ms%n",
                CLIENTS,
                when,
                MEMBERS,
                TimeUnit.NANOSECONDS.toMillis(nanos.get(nanos.size() / 2)),
                TimeUnit.NANOSECONDS.toMillis(nanos.getLast()));
        return Duration.ofNanos(nanos.getLast());
    }

    private <T> List<T> forAll(Task<T> task) throws InterruptedException, ExecutionException {
        List<Future<T>> running = new ArrayList<>();
        for (ReturningClient client : clients) {
            running.add(threads.submit(task.of(client)));
        }
        List<T> results = new ArrayList<>();
        for (Future<T> result : running) {
            results.add(result.get());
        }
        return results;
    }

    private ServerProcess serve(int port) {
        return new ServerProcess(
                directory.resolve("errors.txt"),
                "--port",
                Integer.toString(port),
                "--data",
                directory.resolve("data").toString());
    }

    private static InetSocketAddress address(ServerProcess server) {
        String[] hostAndPort = server.address().orElseThrow().split(":");
        return new InetSocketAddress(hostAndPort[0], Integer.parseInt(hostAndPort[1]));
    }

    /// What one of the clients does beside the others.
    @FunctionalInterface
    private interface Task<T> {
        Callable<T> of(ReturningClient client);
    }
}
