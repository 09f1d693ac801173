package bolide.client.producer;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.client.route.Route;
import bolide.client.simulated.ManualTime;
import bolide.protocol.route.MessageQueue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QueueChoiceTest {
    private static final Route ROUTE =
            new Route(
                    "t",
                    List.of(queue("a", 0), queue("a", 1), queue("b", 0), queue("b", 1)),
                    List.of(),
                    Map.of());

    private final ManualTime time = new ManualTime();
    private final QueueChoice choice = new QueueChoice(-3, time);

    @Test
    void shouldTakeTurns() {
        // given / when / then
        assertThat(chosen(8, Set.of()))
                .containsExactly("a1", "b0", "b1", "a0", "a1", "b0", "b1", "a0");
    }

    @Test
    void shouldPassOverBrokersThatHaveFailedTheMessage() {
        // given / when / then
        assertThat(chosen(4, Set.of("a"))).containsOnly("b0", "b1");
    }

    @Test
    void shouldPassOverAnUnreachableBrokerForFiveSeconds() {
        // given
        choice.failed("b");

        // when
        List<String> atOnce = chosen(8, Set.of());
        time.pass(Duration.ofSeconds(5));
        List<String> later = chosen(8, Set.of());

        // then
        assertThat(atOnce).containsOnly("a0", "a1");
        assertThat(later).contains("b0", "b1");
    }

    @Test
    void shouldTrustABrokerThatAnswers() {
        // given
        choice.failed("b");

        // when
        choice.answered("b");

        // then
        assertThat(chosen(8, Set.of())).contains("b0", "b1");
    }

    @Test
    void shouldTakeAnyRatherThanNone() {
        // given
        choice.failed("a");
        choice.failed("b");

        // when / then
        assertThat(chosen(4, Set.of("a"))).containsOnly("b0", "b1");
        assertThat(chosen(4, Set.of("a", "b"))).hasSize(4);
    }

    @Test
    void shouldStayWithTheQueueOfAKeyWhateverHappens() {
        // given
        MessageQueue before = choice.choose(ROUTE, "customer", Set.of());

        // when
        choice.failed(before.brokerName());

        // then
        assertThat(choice.choose(ROUTE, "customer", Set.of(before.brokerName()))).isEqualTo(before);
    }

    private List<String> chosen(int count, Set<String> triedInVain) {
        return IntStream.range(0, count)
                .mapToObj(i -> choice.choose(ROUTE, "", triedInVain))
                .map(queue -> queue.brokerName() + queue.queueId())
                .toList();
    }

    private static MessageQueue queue(String broker, int id) {
        return new MessageQueue("t", broker, id);
    }
}
