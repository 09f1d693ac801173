package bolide.app.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.app.hostile.Mutations.Mutated;
import bolide.app.server.Ask;
import bolide.app.server.Peer;
import bolide.app.server.RunningServer;
import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.RequestCode;
import bolide.protocol.frame.ResponseCode;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Thousands of frames that are nearly valid, of every request that is served.
final class MutationsTest {
    private static final int FEWEST = 2_000;
    private static final int MOST = 20_000;
    private static final long ENOUGH_NANOS = 6_000_000_000L;
    private static final int PROBE = -7;

    @TempDir private Path directory;

    private Siege siege;

    @BeforeEach
    void start() {
        siege = new Siege(directory);
    }

    @AfterEach
    void stop() {
        siege.close();
    }

    /// Otherwise a new request would go unattacked.
    @Test
    void shouldHaveAnExampleOfEveryServedRequest() throws IllegalAccessException {
        try (Peer peer = siege.peer()) {
            // when
            SortedSet<Integer> served = new TreeSet<>();
            for (Field code : RequestCode.class.getFields()) {
                int number = code.getInt(null);
                Frame answer = peer.ask(Frame.request(number, Fields.NONE));
                if (answer.code() != ResponseCode.REQUEST_CODE_NOT_SUPPORTED) {
                    served.add(number);
                }
            }

            // then
            assertThat(Examples.all().keySet()).isEqualTo(served);
            Examples.all()
                    .forEach((code, example) ->
                            assertThat(peer.ask(example).code())
                                    .as("example of %d", code)
                                    .isIn(
                                            ResponseCode.SUCCESS,
                                            ResponseCode.PULL_NOT_FOUND, // not dispatched yet
                                            ResponseCode.PULL_OFFSET_MOVED, // reset by 222
                                            ResponseCode.CONSUMER_NOT_ONLINE,
                                            ResponseCode.SYSTEM_ERROR)); // nobody is online
        }
    }

    @Test
    void shouldSurviveFramesThatAreNearlyValid() {
        // given
        List<Frame> examples = new ArrayList<>(Examples.all().values());
        long deadline = System.nanoTime() + ENOUGH_NANOS;
        Optional<Peer> peer = Optional.empty();

        // when
        for (int seed = 0; seed < FEWEST || seed < MOST && System.nanoTime() < deadline; seed++) {
            Frame example = examples.get(seed % examples.size());
            Mutated mutated = new Mutations(new SplittableRandom(seed)).of(example, seed);
            try {
                Peer used = peer.orElseGet(siege::peer);
                peer = attack(used, mutated) ? Optional.of(used) : Optional.empty();
                if (peer.isEmpty()) {
                    used.close();
                }
            } catch (RuntimeException | AssertionError failed) {
                throw new AssertionError(
                        "seed " + seed + " or just before, " + example.code() + ": " + failed,
                        failed);
            }
        }
        peer.ifPresent(Peer::close);

        // then
        siege.assertUnharmed();
        siege.close();
        try (RunningServer again = new RunningServer(siege.data());
                Peer next = again.peer()) {
            assertThat(again.server().recovered().orElseThrow().torn()).isEmpty();
            assertThat(next.ask(Ask.maxOffset(Bystander.TOPIC, 0)).code()).isZero();
            assertThat(again.failures()).isEmpty();
        }
    }

    /// Sends the frame and something valid behind it, and reads until that is answered or the
    /// server has closed; either has to come.
    ///
    /// @return whether the connection lives on
    private static boolean attack(Peer peer, Mutated mutated) {
        try {
            peer.send(mutated.bytes());
            if (mutated.isWhole()) {
                peer.send(Ask.route("elsewhere").withOpaque(PROBE));
            } else {
                peer.shutdownOutput();
            }
            Frame answer = peer.receive();
            while (answer.opaque() != PROBE) {
                if (answer.isResponse()) {
                    Siege.assertDecent(answer);
                }
                answer = peer.receive();
            }
            return true;
        } catch (UncheckedIOException closed) {
            assertThat(closed.getCause()).isNotInstanceOf(SocketTimeoutException.class);
            return false;
        }
    }
}
