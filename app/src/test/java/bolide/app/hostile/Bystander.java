package bolide.app.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.app.server.Ask;
import bolide.app.server.Peer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A decent client on a connection of its own, which sends, reads back and asks for routes while
/// others attack, and measures how long it is kept waiting.
final class Bystander implements AutoCloseable {
    static final String TOPIC = "peaceful";

    private static final long PAUSE_MILLIS = 2;
    private static final Duration LONGEST_ROUND = Duration.ofSeconds(10); // on a busy machine

    private final Peer peer;
    private final Thread thread = new Thread(this::run, "bystander");
    private final CountDownLatch stop = new CountDownLatch(1);

    // Guarded by this.
    private int rounds;
    private long longestNanos;
    private Throwable failure;

    Bystander(InetSocketAddress server) {
        peer = Peer.of(server);
        assertThat(peer.ask(Ask.createTopic(TOPIC, 1)).code()).isZero();
        thread.start();
    }

    private void run() {
        try {
            for (int round = 0; !stop.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS); round++) {
                long began = System.nanoTime();
                serve(round);
                ended(System.nanoTime() - began);
            }
        } catch (Throwable broken) {
            ended(broken);
        }
    }

    private void serve(int round) {
        String body = "round " + round;
        assertThat(peer.ask(Ask.send(TOPIC, 0, body)).code()).isZero();
        List<String> bodies = new ArrayList<>();
        while (bodies.isEmpty()) {
            bodies.addAll(Ask.bodies(peer.ask(Ask.pull("friends", TOPIC, 0, round, 1_000))));
        }
        assertThat(bodies).containsExactly(body);
        assertThat(peer.ask(Ask.route(TOPIC)).code()).isZero();
    }

    private synchronized void ended(long nanos) {
        longestNanos = Math.max(longestNanos, nanos);
        rounds++;
        notifyAll();
    }

    private synchronized void ended(Throwable broken) {
        failure = broken;
        notifyAll();
    }

    /// Waits for two rounds more, and looks at all there were.
    synchronized void assertServed() {
        int enough = rounds + 2;
        long deadline = System.nanoTime() + LONGEST_ROUND.multipliedBy(2).toNanos();
        try {
            while (rounds < enough && failure == null && System.nanoTime() < deadline) {
                wait(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        assertThat(failure).as("the bystander's failure").isNull();
        assertThat(rounds).as("rounds of the bystander").isGreaterThanOrEqualTo(enough);
        assertThat(Duration.ofNanos(longestNanos))
                .as("longest round of the bystander")
                .isLessThan(LONGEST_ROUND);
    }

    @Override
    public void close() {
        stop.countDown();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        peer.close();
    }
}
