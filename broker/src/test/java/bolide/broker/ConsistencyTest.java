package bolide.broker;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.broker.group.DifferenceAlarm;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.RequestCode;
import bolide.protocol.group.Heartbeat;
import bolide.protocol.group.Subscription;
import bolide.protocol.group.UnregisterClient;
import bolide.protocol.message.MessageRecord;
import bolide.protocol.pull.PullRequest;
import bolide.store.commitlog.FlushPolicy;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/// Who is online, and what becomes of a group whose members do not say the same.
final class ConsistencyTest {
    private static final int HOUSEKEEPING_MILLIS = 10_000;

    private final Logger logger = (Logger) LoggerFactory.getLogger(DifferenceAlarm.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final FakeClient first = new FakeClient(1);
    private final FakeClient second = new FakeClient(2);

    @TempDir Path data;
    private BrokerHarness broker;

    @BeforeEach
    void open() {
        log.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(log);
        broker = new BrokerHarness(data, FlushPolicy.SYNC);
    }

    @AfterEach
    void close() {
        logger.detachAppender(log);
        logger.setLevel(Level.OFF);
        broker.close();
    }

    private void says(FakeClient client, String id, String tags, long version) {
        Frame heartbeat = BrokerHarness.heartbeat(id, "G", Subscription.ofTags("T", tags, version));
        assertThat(broker.ask(client, heartbeat).code()).isZero();
    }

    private List<String> alarms() {
        broker.timers.advance(HOUSEKEEPING_MILLIS);
        List<String> lines =
                log.list.stream()
                        .map(line -> line.getLevel() + " " + line.getFormattedMessage())
                        .toList();
        log.list.clear();
        return lines;
    }

    @Test
    void shouldServeEachMemberAsItSaysItself() {
        // given
        broker.send("T", 0, "a", "TAGS\1a\2");
        broker.send("T", 0, "b", "TAGS\1b\2");
        broker.awaitEnd("T", 0, 2);

        // when
        says(first, "c1", "a", 1);
        says(second, "c2", "b", 2);

        // then
        assertThat(bodies(first)).containsExactly("a");
        assertThat(bodies(second)).containsExactly("b");
    }

    private List<String> bodies(FakeClient client) {
        PullRequest pull = new PullRequest("G", "T", 0, 0, 32, 0, 0, 0, 0, "", "TAG", 0);
        return MessageRecord.decodeAll(broker.ask(client, pull.encode()).body()).stream()
                .map(message -> new String(message.body(), StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void shouldRaiseOneAlarmForEachChange() {
        // given
        says(first, "c1", "a || b", 1);
        says(second, "c2", "b||a", 2); // the same, in other words
        assertThat(alarms()).isEmpty();

        // when
        says(second, "c2", "a", 3);

        // then
        assertThat(alarms())
                .singleElement()
                .asString()
                .startsWith("WARN members of consumer group G differ")
                .endsWith("\"topic T\": \"a\" by \"c2\"; \"a || b\" by \"c1\"");
        says(first, "c1", "a || b", 1);
        says(second, "c2", "a", 3);
        assertThat(alarms()).as("nothing new").isEmpty();
        says(new FakeClient(3), "c3", "a", 3);
        assertThat(alarms()).as("one more who says what is known").isEmpty();

        // when
        says(second, "c2", "*", 4);

        // then
        assertThat(alarms()).singleElement().asString().contains("\"*\" by \"c2\"");
    }

    @Test
    void shouldSayWhenMembersAgreeAgain() {
        // given
        says(first, "c1", "a", 1);
        says(second, "c2", "b", 2);
        assertThat(alarms()).hasSize(1);

        // when
        broker.ask(second, new UnregisterClient("c2", "", "G").encode());

        // then
        assertThat(alarms()).containsExactly("INFO members of consumer group G agree again");
        assertThat(alarms()).isEmpty();
    }

    @Test
    void shouldNotAlarmWhileMembersAreReplaced() {
        // given
        says(first, "c1", "a", 1);
        says(second, "c2", "b", 2);

        // when
        broker.closed(first);

        // then
        assertThat(alarms()).isEmpty();
    }

    @Test
    void shouldSayWhoDiffersInAnAnswer() {
        // given
        says(first, "c1", "a", 1);
        says(second, "c2", "b", 2);

        // when
        String answer = connections("G");

        // then
        assertThat(answer)
                .contains(
                        "\"connectionSet\":[{\"clientAddr\":\"127.0.0.1:1\",\"clientId\":\"c1\","
                                + "\"language\":\"JAVA\",\"version\":513},{",
                        "\"consumeFromWhere\":\"CONSUME_FROM_LAST_OFFSET\"",
                        "\"consumeType\":\"CONSUME_PASSIVELY\"",
                        "\"differences\":[\"\\\"topic T\\\": \\\"a\\\" by \\\"c1\\\"; \\\"b\\\" by"
                                + " \\\"c2\\\"\"]",
                        "\"messageModel\":\"CLUSTERING\"",
                        "\"subscriptionTable\":{\"T\":{",
                        "\"subString\":\"b\"");
    }

    private String connections(String group) {
        return StandardCharsets.UTF_8
                .decode(
                        broker.ask(RequestCode.GET_CONSUMER_CONNECTION_LIST, "consumerGroup", group)
                                .body())
                .toString();
    }

    @Test
    void shouldSayThatNobodyIsOnline() {
        assertThat(
                        broker.ask(RequestCode.GET_CONSUMER_CONNECTION_LIST, "consumerGroup", "G")
                                .code())
                .isEqualTo(206);
        assertThat(producers("P").code()).isEqualTo(1);
    }

    private Frame producers(String group) {
        return broker.ask(RequestCode.GET_PRODUCER_CONNECTION_LIST, "producerGroup", group);
    }

    private String allProducers() {
        Frame answer = broker.ask(RequestCode.GET_ALL_PRODUCER_INFO);
        return StandardCharsets.UTF_8.decode(answer.body()).toString();
    }

    @Test
    void shouldShowProducersWhileTheyAreThere() {
        // given
        Frame heartbeat = new Heartbeat("p1", List.of("P", "Q"), List.of(), 0, false).encode();

        // when
        broker.ask(first, heartbeat);
        broker.ask(second, new Heartbeat("p2", List.of("P"), List.of(), 0, false).encode());

        // then
        assertThat(StandardCharsets.UTF_8.decode(producers("P").body()).toString())
                .contains("\"clientId\":\"p1\"", "\"clientId\":\"p2\"");
        assertThat(allProducers())
                .startsWith("{\"data\":{\"P\":[{\"clientId\":\"p1\"")
                .contains(
                        "\"Q\":[{\"clientId\":\"p1\",\"language\":\"JAVA\","
                                + "\"lastUpdateTimestamp\":1700000000000,"
                                + "\"remoteIP\":\"127.0.0.1:1\",\"version\":513}]");

        // when one says farewell, one's connection closes
        broker.ask(first, new UnregisterClient("p1", "Q", "").encode());
        assertThat(producers("Q").code()).isEqualTo(1);
        broker.closed(second);
        assertThat(allProducers()).doesNotContain("p2").contains("p1");

        // when one is silent
        broker.timers.advance(131_000);

        // then
        assertThat(allProducers()).isEqualTo("{\"data\":{}}");
    }
}
