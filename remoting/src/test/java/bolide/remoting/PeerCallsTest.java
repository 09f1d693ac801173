package bolide.remoting;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is asked of a peer, and what becomes of it. */
final class PeerCallsTest {
    private static final Frame QUESTION = Frame.request(307, Fields.NONE);

    private final FakeConnection peer = new FakeConnection();
    private final PeerCalls calls = new PeerCalls((delayMillis, task) -> () -> {});

    @Test
    void shouldAskWhoTakesWhatIsSent() {
        // when
        var outcome = calls.request(peer, QUESTION, Duration.ofSeconds(1));

        // then
        assertThat(peer.sent()).hasSize(1);
        assertThat(outcome).isNotDone();
    }

    @Test
    void shouldSendNothingToAPeerThatDoesNotTakeWhatWasSent() {
        // given
        peer.stopReading();

        // when
        var outcome = calls.request(peer, QUESTION, Duration.ofSeconds(1));

        // then
        assertThat(peer.sent()).isEmpty();
        assertThat(outcome).isCompletedWithValue(new PeerCalls.Outcome.NotTaken());
    }

    @Test
    void shouldAskNoMoreOfAPeerThatHasMuchToAnswer() {
        // given
        for (int i = 0; i < PeerCalls.MOST_UNANSWERED; i++) {
            calls.request(peer, QUESTION, Duration.ofSeconds(1));
        }

        // when
        var another = calls.request(peer, QUESTION, Duration.ofSeconds(1));
        var elsewhere = calls.request(new FakeConnection(), QUESTION, Duration.ofSeconds(1));

        // then
        assertThat(another).isCompletedWithValue(new PeerCalls.Outcome.NotTaken());
        assertThat(elsewhere).isNotDone();
        assertThat(peer.sent()).hasSize(PeerCalls.MOST_UNANSWERED);
    }

    @Test
    void shouldSayThatTheConnectionIsGone() {
        // given
        peer.stopReading();
        peer.close();

        // then
        assertThat(calls.request(peer, QUESTION, Duration.ofSeconds(1)))
                .isCompletedWithValue(new PeerCalls.Outcome.Lost());
    }
}
