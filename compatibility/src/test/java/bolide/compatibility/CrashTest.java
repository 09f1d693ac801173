package bolide.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.compatibility.driver.Report;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The server is killed again and again under load, with {@code SIGKILL}: nothing acknowledged is
 * lost, and nothing that anybody has seen changes. {@code -Dcompatibility.cycles=N} kills N times
 * ({@code -Dcompatibility.older.cycles=N} when an older client makes the load), {@code
 * -Dcompatibility.seed=N} repeats the moments of a run.
 */
final class CrashTest {
    private static final int CYCLES =
            Peer.client() == Peer.CLIENT
                    ? Integer.getInteger("compatibility.cycles", 5)
                    : Integer.getInteger("compatibility.older.cycles", 1);
    private static final long SEED = Long.getLong("compatibility.seed", System.nanoTime());
    private static final int FEWEST_SENDS = 100;
    private static final int MOST_SENDS = 400;

    @ParameterizedTest
    @EnumSource(Flush.class)
    void shouldKeepAllThatWasAcknowledgedWhenItIsKilled(Flush flush) {
        System.out.println("crashes of -Dcompatibility.seed=" + SEED);
        Random random = new Random(SEED);
        try (ServerUnderTest server = ServerUnderTest.start(flush);
                DriverProcess load = DriverProcess.start(server, "load", "topic=crash")) {
            // given
            load.awaitStep("loading");

            // when
            for (int cycle = 0; cycle < CYCLES; cycle++) {
                awaitSends(load, FEWEST_SENDS + random.nextInt(MOST_SENDS - FEWEST_SENDS));
                server.kill();
                server.start();
            }
            awaitSends(load, FEWEST_SENDS);
            load.goOn();
            load.finish();

            // then
            List<Report> acknowledged = load.reports("sent", "status", "SEND_OK");
            DriverProcess reader = DriverProcess.play(server, "read", "topic=crash");
            Map<Place, String> kept = Place.bodies(reader.reports("message"));
            assertKept(kept, "acknowledged", Place.bodies(acknowledged));
            assertKept(kept, "seen while it ran", Place.bodies(load.reports("message")));
            Place.assertDense(kept.keySet());
            assertThat(load.reports("moved")).as("a reader was sent back").isEmpty();
            assertThat(load.values("message", "body")).as("a reader's messages").isNotEmpty();
        }
    }

    private static void awaitSends(DriverProcess load, int count) {
        int now = load.reports("sent").size();
        load.await(
                count + " more sends",
                all -> all.stream().filter(r -> r.word().equals("sent")).count() >= now + count);
    }

    /** Holds if each of the bodies is still at its place. */
    private static void assertKept(
            Map<Place, String> kept, String what, Map<Place, String> bodies) {
        Map<Place, String> lost = new TreeMap<>(bodies);
        lost.entrySet().removeIf(entry -> entry.getValue().equals(kept.get(entry.getKey())));
        Map<Place, String> instead = new TreeMap<>(kept);
        instead.keySet().retainAll(lost.keySet());
        assertThat(lost)
                .as("%s, of %d, and now there is %s", what, bodies.size(), instead)
                .isEmpty();
    }
}
