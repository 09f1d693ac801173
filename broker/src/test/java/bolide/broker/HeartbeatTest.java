package bolide.broker;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.protocol.frame.Frame;
import bolide.protocol.frame.RequestCode;
import bolide.protocol.group.ConsumerData;
import bolide.protocol.group.Heartbeat;
import bolide.store.commitlog.FlushPolicy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What of a client's heartbeat is taken, and what of it is not.
final class HeartbeatTest {
    private static final int MOST_PRODUCER_GROUPS = 1_000;

    private final FakeClient client = new FakeClient(1);

    @TempDir Path data;
    private BrokerHarness broker;

    @BeforeEach
    void open() {
        broker = new BrokerHarness(data, FlushPolicy.SYNC);
    }

    @AfterEach
    void close() {
        broker.close();
    }

    private Frame beat(List<String> producerGroups, String... consumerGroups) {
        List<ConsumerData> consumers =
                Stream.of(consumerGroups)
                        .map(group ->
                                new ConsumerData(
                                        group,
                                        ConsumerData.PUSH,
                                        ConsumerData.CLUSTERING,
                                        ConsumerData.FROM_LAST,
                                        List.of()))
                        .toList();
        return broker.ask(
                client, new Heartbeat("c1", producerGroups, consumers, 0, false).encode());
    }

    private boolean consumes(String group) {
        int code =
                broker.ask(RequestCode.GET_CONSUMER_CONNECTION_LIST, "consumerGroup", group).code();
        assertThat(code).isIn(0, 206);
        return code == 0;
    }

    private boolean produces(String group) {
        int code =
                broker.ask(RequestCode.GET_PRODUCER_CONNECTION_LIST, "producerGroup", group).code();
        assertThat(code).isIn(0, 1);
        return code == 0;
    }

    private String allProducers() {
        return StandardCharsets.UTF_8
                .decode(broker.ask(RequestCode.GET_ALL_PRODUCER_INFO).body())
                .toString();
    }

    @Test
    void shouldTakeWhatIsUsableBesideARefusedGroup() {
        // when
        Frame answer = beat(List.of("P"), "G", "no@name", "no@other", "H");

        // then
        assertThat(answer.code()).isEqualTo(29);
        assertThat(answer.remark()).contains("no@name");
        assertThat(consumes("G")).isTrue();
        assertThat(consumes("H")).isTrue();
        assertThat(consumes("no@name")).isFalse();
        assertThat(produces("P")).isTrue();
    }

    @Test
    void shouldServeAThousandConsumerGroupsOfOneClient() {
        // when
        Frame answer =
                beat(
                        List.of(),
                        IntStream.range(0, 1_001).mapToObj(i -> "G" + i).toArray(String[]::new));

        // then
        assertThat(answer.code()).isEqualTo(29);
        assertThat(answer.remark()).contains("1001 consumer groups", "first 1000");
        assertThat(consumes("G999")).isTrue();
        assertThat(consumes("G1000")).isFalse();
    }

    @Test
    void shouldReplaceWhatAConnectionProducesFor() {
        // given
        beat(List.of("P", "Q"));

        // when
        beat(List.of("Q", "R"));

        // then
        assertThat(produces("P")).isFalse();
        assertThat(produces("Q")).isTrue();
        assertThat(produces("R")).isTrue();

        // when
        beat(List.of());

        // then
        assertThat(allProducers()).isEqualTo("{\"data\":{}}");
    }

    @Test
    void shouldPassOverProducerGroupsThatNoneCanBeCalled() {
        // when
        Frame answer = beat(List.of("P", "", "no@name", "x".repeat(1000)));

        // then
        assertThat(answer.code()).isZero();
        assertThat(produces("P")).isTrue();
        assertThat(allProducers()).doesNotContain("no@name", "xxx", "\"\"");
    }

    @Test
    void shouldBoundTheProducerGroupsOfAConnection() {
        // when
        Frame answer =
                beat(IntStream.range(0, MOST_PRODUCER_GROUPS + 10).mapToObj(i -> "P" + i).toList());

        // then
        assertThat(answer.code()).isZero();
        assertThat(produces("P" + (MOST_PRODUCER_GROUPS - 1))).isTrue();
        assertThat(produces("P" + MOST_PRODUCER_GROUPS)).isFalse();
    }
}
