package bolide.app.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.app.server.Ask;
import bolide.app.server.Peer;
import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.RequestCode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Peers that stop half-way, say nothing, do not listen or do not want an answer.
final class SlownessTest {
    private static final int MANY = 200;
    private static final int LARGE = 250 * 1024;

    @TempDir private Path directory;

    private final List<Peer> peers = new ArrayList<>();
    private Siege siege;

    @BeforeEach
    void start() {
        siege = new Siege(directory);
    }

    @AfterEach
    void stop() {
        peers.forEach(Peer::close);
        siege.close();
    }

    @Test
    void shouldServeOthersBesidePeersThatStopHalfWay() {
        // given
        byte[] frame =
                Peer.bytes(Ask.send(Examples.TOPIC, 0, "", ByteBuffer.allocate(1024 * 1024)));
        SplittableRandom random = new SplittableRandom(7);

        // when
        for (int number = 0; number < MANY; number++) {
            Peer peer = newPeer();
            peer.send(frame, 0, random.nextInt(2_000));
            if (random.nextInt(4) == 0) {
                peer.shutdownOutput();
            }
        }

        // then
        siege.assertUnharmed();
    }

    @Test
    void shouldServeOthersBesideAFrameThatComesByteByByte() {
        // given
        byte[] frame = Peer.bytes(Ask.send(Examples.TOPIC, 0, "slow but whole").withOpaque(9));
        Peer peer = newPeer();

        // when
        for (int at = 0; at < frame.length; at++) {
            peer.send(frame, at, 1);
            if (at % 100 == 0) {
                siege.assertUnharmed();
            }
        }

        // then
        Frame answer = peer.receive();
        assertThat(answer.opaque()).isEqualTo(9);
        assertThat(answer.code()).isZero();
    }

    @Test
    void shouldServeOthersBesidePeersThatDoNotListen() {
        // given
        try (Peer peer = siege.peer()) {
            Frame large = Ask.send(Examples.TOPIC, 0, "", ByteBuffer.allocate(LARGE));
            assertThat(peer.ask(large).code()).isZero();
        }
        ByteArrayOutputStream pulls = new ByteArrayOutputStream();
        for (int number = 0; number < MANY; number++) {
            pulls.writeBytes(Peer.bytes(Ask.pull(Examples.GROUP, Examples.TOPIC, 0, 0, 0)));
        }

        // when
        for (int number = 0; number < MANY / 10; number++) {
            newPeer().send(pulls.toByteArray());
        }

        // then
        siege.assertUnharmed();
    }

    @Test
    void shouldServeOthersBesideManyWhoWait() {
        // given
        Frame waiting = Ask.pull(Examples.GROUP, Examples.TOPIC, 1, 0, 60_000);

        // when
        for (int number = 0; number < MANY / 10; number++) {
            Peer peer = newPeer();
            for (int held = 0; held < MANY; held++) {
                peer.send(waiting.withOpaque(held));
            }
        }
        siege.assertUnharmed();
        newPeer().ask(Ask.send(Examples.TOPIC, 1, "at last"));

        // then
        assertThat(Ask.bodies(peers.get(0).receive())).containsExactly("at last");
        siege.assertUnharmed();
    }

    /// One-way means never answered, whatever is wrong with it.
    @Test
    void shouldNeverAnswerOneWayNonsense() {
        // given
        Peer peer = newPeer();
        peer.ask(Ask.route(Examples.TOPIC));

        // when
        Examples.all()
                .forEach((code, example) -> {
                    peer.send(Frame.request(code, Fields.NONE).asOneWay());
                    peer.send(Frame.request(code, example.fields(), noise()).asOneWay());
                    example.fields()
                            .forEach((field, value) ->
                                    peer.send(Examples.with(example, field, "\0..").asOneWay()));
                });
        peer.send(Frame.request(424_242, Fields.NONE).asOneWay());
        ByteBuffer tooLong = ByteBuffer.allocate(4 * 1024 * 1024 + 1);
        peer.send(Frame.request(RequestCode.SEND_MESSAGE, Fields.NONE, tooLong).asOneWay());

        // then
        for (int number = 1000; number < 1010; number++) {
            peer.send(Examples.all().get(RequestCode.GET_MAX_OFFSET).withOpaque(number));
            assertThat(peer.receive().opaque()).isEqualTo(number);
        }
        siege.assertUnharmed();
    }

    private Peer newPeer() {
        Peer peer = siege.peer();
        peers.add(peer);
        return peer;
    }

    private static ByteBuffer noise() {
        byte[] noise = new byte[100];
        new SplittableRandom(1).nextBytes(noise);
        return ByteBuffer.wrap(noise);
    }
}
