package bolide.app.hostile;

import static bolide.protocol.frame.RequestCode.*;
import static org.assertj.core.api.Assertions.assertThat;

import bolide.app.server.Ask;
import bolide.app.server.Peer;
import bolide.app.server.RunningServer;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.ResponseCode;
import bolide.protocol.group.Heartbeat;
import bolide.protocol.text.Excerpt;
import bolide.protocol.topic.Names;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Names of all kinds in every place of every request that takes one.
final class NamesTest {
    private static final int SEEDS = 25;

    private static final Set<Integer> WRONG = Set.of(ResponseCode.INVALID_PARAMETER);
    private static final Set<Integer> UNKNOWN = Set.of(ResponseCode.TOPIC_NOT_EXIST);
    private static final Set<Integer> ANY =
            Set.of(
                    ResponseCode.SUCCESS,
                    ResponseCode.INVALID_PARAMETER,
                    ResponseCode.MESSAGE_ILLEGAL, // properties of 64 KiB
                    ResponseCode.SYSTEM_ERROR, // a registration without a name
                    ResponseCode.PULL_RETRY_IMMEDIATELY, // no such tag
                    ResponseCode.PULL_NOT_FOUND);

    /// Somewhere a request holds a name.
    ///
    /// @param where for people
    /// @param codes how it may be answered when the name is illegal
    /// @param make the request with that name in that place
    private record Place(String where, Set<Integer> codes, Function<String, Frame> make) {}

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

    @Test
    void shouldRefuseToMakeOrUseWhatHasAnIllegalName() {
        // given
        List<Place> places =
                List.of(
                        field(SEND_MESSAGE, "topic", WRONG),
                        field(SEND_MESSAGE_V2, "b", WRONG),
                        field(SEND_BATCH_MESSAGE, "b", WRONG),
                        field(PULL_MESSAGE, "consumerGroup", WRONG),
                        field(LITE_PULL_MESSAGE, "consumerGroup", WRONG),
                        field(UPDATE_CONSUMER_OFFSET, "consumerGroup", WRONG),
                        field(UPDATE_AND_CREATE_TOPIC, "topic", WRONG),
                        new Place("a member's group", WRONG, name -> heartbeat("c", name, "T")),
                        new Place(
                                "a lock's group",
                                Set.of(ResponseCode.SUBSCRIPTION_GROUP_NOT_EXIST),
                                name -> Examples.lock(LOCK_BATCH_MQ, name, "c", Examples.TOPIC)),
                        field(PULL_MESSAGE, "topic", UNKNOWN),
                        field(LITE_PULL_MESSAGE, "topic", UNKNOWN),
                        field(UPDATE_CONSUMER_OFFSET, "topic", UNKNOWN),
                        field(SEARCH_OFFSET_BY_TIMESTAMP, "topic", UNKNOWN),
                        field(GET_MAX_OFFSET, "topic", UNKNOWN),
                        field(GET_MIN_OFFSET, "topic", UNKNOWN),
                        field(GET_EARLIEST_MSG_STORETIME, "topic", UNKNOWN),
                        field(GET_ROUTEINFO_BY_TOPIC, "topic", UNKNOWN));

        // then
        assertForEachName(places, NamesTest::assertNames);
    }

    /// Some names only label what is said or asked, and stand for nothing that is kept.
    @Test
    void shouldLiveWithNamesThatOnlyLabel() {
        // given
        List<Place> places = new ArrayList<>();
        for (int code : Examples.all().keySet()) {
            for (String field : List.of("producerGroup", "a", "defaultTopic", "c", "clientID")) {
                if (Examples.all().get(code).fields().has(field)) {
                    places.add(field(code, field, ANY));
                }
            }
        }
        places.add(field(PULL_MESSAGE, "subscription", ANY));
        places.add(field(PULL_MESSAGE, "expressionType", ANY));
        places.add(field(SEND_MESSAGE, "properties", ANY));
        places.add(field(SEND_MESSAGE_V2, "i", ANY));
        places.add(field(DELETE_TOPIC_IN_BROKER, "topic", ANY));
        places.add(field(QUERY_CONSUMER_OFFSET, "consumerGroup", ANY));
        places.add(field(QUERY_CONSUMER_OFFSET, "topic", ANY));
        places.add(field(UNREGISTER_CLIENT, "consumerGroup", ANY));
        places.add(field(GET_TOPICS_BY_CLUSTER, "cluster", ANY));
        places.add(
                new Place("a member's topic", ANY, name -> heartbeat("c", Examples.GROUP, name)));
        places.add(
                new Place(
                        "a lock's topic and owner",
                        ANY,
                        name -> Examples.lock(LOCK_BATCH_MQ, Examples.GROUP, name, name)));
        places.add(
                new Place(
                        "an end of a lock",
                        ANY,
                        name -> Examples.lock(UNLOCK_BATCH_MQ, name, name, name)));
        for (int code :
                List.of(REGISTER_BROKER, UNREGISTER_BROKER, QUERY_DATA_VERSION, BROKER_HEARTBEAT)) {
            for (String field : List.of("brokerName", "brokerAddr", "clusterName")) {
                places.add(field(code, field, ANY));
            }
        }

        // then
        assertForEachName(places, (answer, name) -> {});
    }

    @Test
    void shouldRefuseAHeartbeatOfNobody() {
        try (Peer peer = siege.peer()) {
            // when
            Frame answer = peer.ask(heartbeat("", Examples.GROUP, Examples.TOPIC));

            // then
            assertThat(answer.code()).isEqualTo(ResponseCode.INVALID_PARAMETER);
            assertThat(answer.remark()).isEqualTo("heartbeat names no clientID");
        }
        siege.assertUnharmed();
    }

    @Test
    void shouldRefuseToWriteToOrChangeWhatBelongsToTheSystem() {
        try (Peer peer = siege.peer()) {
            for (String topic :
                    List.of(
                            "rmq_sys_bolide_state",
                            "rmq_sys_bolide_x",
                            "SCHEDULE_TOPIC_XXXX",
                            "RMQ_SYS_TRANS_HALF_TOPIC")) {
                // when
                Frame sent = peer.ask(Ask.send(topic, 0, "forged"));
                Frame changed = peer.ask(Ask.createTopic(topic, 1));
                Frame pulled = peer.ask(Ask.pull(Examples.GROUP, topic, 0, 0, 0));

                // then
                assertThat(sent.code())
                        .isIn(ResponseCode.NO_PERMISSION, ResponseCode.TOPIC_NOT_EXIST);
                assertThat(changed.code()).isEqualTo(ResponseCode.INVALID_PARAMETER);
                assertThat(pulled.code()).isEqualTo(ResponseCode.TOPIC_NOT_EXIST);
                for (Frame answer : List.of(sent, changed, pulled)) {
                    assertThat(answer.remark()).contains(topic);
                    Siege.assertDecent(answer);
                }
            }
        }
        siege.assertUnharmed();
    }

    private void assertForEachName(List<Place> places, Check check) {
        try (Peer peer = siege.peer()) {
            peer.ask(Ask.route(Examples.TOPIC)); // from now on a header may be long
            for (Place place : places) {
                for (int seed = 0; seed < SEEDS; seed++) {
                    String name = HostileNames.of(new SplittableRandom(seed));
                    try {
                        Frame answer = peer.ask(place.make().apply(name));
                        Siege.assertDecent(answer);
                        assertThat(place.codes()).contains(answer.code());
                        check.accept(answer, name);
                    } catch (RuntimeException | AssertionError failed) {
                        throw new AssertionError(
                                "seed " + seed + ", " + place.where() + ": " + failed, failed);
                    }
                }
            }
        }
        siege.assertUnharmed();
        assertThat(siege.topics()).allMatch(topic -> Names.topicProblem(topic).isEmpty());
        siege.close();
        assertStartsAgain();
    }

    private void assertStartsAgain() {
        try (RunningServer again = new RunningServer(siege.data());
                Peer peer = again.peer()) {
            assertThat(again.server().recovered().orElseThrow().torn()).isEmpty();
            assertThat(peer.ask(Ask.route(Bystander.TOPIC)).code()).isZero();
            assertThat(again.failures()).isEmpty();
        }
    }

    /// The value is shown, as far as it fits, and so is what is allowed or what to do.
    private static void assertNames(Frame answer, String name) {
        assertThat(answer.remark())
                .containsAnyOf(Excerpt.of(name), name.isEmpty() ? "is empty" : Excerpt.of(name))
                .containsPattern("1 to \\d+ characters|at most \\d+|rename it|create it");
    }

    private static Place field(int code, String field, Set<Integer> codes) {
        Frame example = Examples.all().get(code);
        assertThat(example.fields().has(field)).as("%d has a field %s", code, field).isTrue();
        return new Place(code + " " + field, codes, name -> Examples.with(example, field, name));
    }

    private static Frame heartbeat(String clientId, String group, String topic) {
        Heartbeat heartbeat = Examples.heartbeat(clientId, group, topic);
        return heartbeat.encode();
    }

    /// Looks at the answer to a request that held the name.
    private interface Check {
        void accept(Frame answer, String name);
    }
}
