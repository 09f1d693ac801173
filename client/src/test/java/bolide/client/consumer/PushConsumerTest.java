package bolide.client.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bolide.client.producer.Message;
import bolide.client.producer.ProducerSettings;
import bolide.client.simulated.FakeBroker;
import bolide.client.simulated.FakeNameServer;
import bolide.client.simulated.ManualTime;
import bolide.client.simulated.MemoryNetwork;
import bolide.client.simulated.SimulatedClient;
import bolide.protocol.frame.ResponseCode;
import bolide.protocol.group.UnregisterClient;
import bolide.protocol.offset.CommitOffset;
import bolide.protocol.pull.PullRequest;
import bolide.protocol.pull.PullResponse;
import bolide.remoting.Answer;
import bolide.remoting.Network;
import bolide.remoting.Payload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PushConsumerTest {
    private static final String GROUP = "billing";
    private static final String TOPIC = "orders";
    private static final String BROKER = "127.0.0.1:10911";
    private static final String NAME_SERVER = "127.0.0.1:9876";
    private static final Duration SOON = Duration.ofSeconds(1);

    private final ManualTime time = new ManualTime();
    private final MemoryNetwork network = new MemoryNetwork(time);
    private final FakeBroker broker = new FakeBroker("a", time).withTopic(TOPIC, 4);
    private final FakeNameServer nameServer = new FakeNameServer().with(broker);

    /** A member of the group, on a client of its own. */
    private final class Member {
        final SimulatedClient client;
        final List<ReceivedMessage> received = new ArrayList<>();
        final PushConsumer consumer;
        Predicate<ReceivedMessage> refuses = message -> false;

        Member(String clientId, StartAt startAt, String tags) {
            this(clientId, startAt, tags, network);
        }

        Member(String clientId, StartAt startAt, String tags, Network network) {
            client = new SimulatedClient(clientId, NAME_SERVER, network, time);
            consumer =
                    client.consumers.assemble(
                            GROUP,
                            client.consumers.push(GROUP).subscribe(TOPIC, tags).startAt(startAt),
                            this::take);
        }

        private void take(ReceivedMessage message) {
            received.add(message);
            if (refuses.test(message)) {
                throw new IllegalStateException("not now");
            }
        }

        Member begin() {
            CompletableFuture<Void> begun = consumer.begin();
            time.passUntil(begun::isDone, SOON);
            return this;
        }

        List<String> bodies() {
            return received.stream().map(message -> new String(message.body(), UTF_8)).toList();
        }
    }

    PushConsumerTest() {
        broker.listen(network, BROKER);
        nameServer.listen(network, NAME_SERVER);
    }

    private Member member(String clientId) {
        return new Member(clientId, StartAt.FIRST, "*");
    }

    @Test
    void shouldWaitForAnswersAloneBeforeTheFirstMessage() {
        // given
        IntStream.range(0, 4).forEach(queueId -> broker.fill(TOPIC, queueId, 1));
        Member near = new Member("m1", StartAt.FIRST, "*", network.from(0));

        // when answers take no time
        near.consumer.begin();
        long tookMillis = time.passUntil(() -> near.received.size() == 4, SOON);

        // then no timer had to fire either
        assertThat(tookMillis).isZero();
        assertThat(near.received.get(0).attempt()).isEqualTo(1);
    }

    @Test
    void shouldHaveTheFirstMessageAfterFourRoundTrips() {
        // given
        broker.fill(TOPIC, 2, 1);
        Member member = member("m1");

        // when
        member.consumer.begin();
        long tookMillis = time.passUntil(() -> !member.received.isEmpty(), SOON);

        // then: two connections, 1 ms each; then, 2 ms each, the route, the members beside the
        // heartbeat, the first offset beside the committed one, the pull beside the commit
        assertThat(tookMillis).isEqualTo(10);
        assertThat(member.received.get(0).queue().queueId()).isEqualTo(2);
        assertThat(broker.commits()).contains(new CommitOffset(GROUP, TOPIC, 2, 0));
    }

    @Test
    void shouldNotWaitForAnotherBrokerThatIsSilent() {
        // given
        FakeBroker other = new FakeBroker("b", time).withTopic(TOPIC, 4);
        other.listen(network, "127.0.0.1:20911");
        nameServer.with(other);
        network.silence("127.0.0.1:20911");
        broker.fill(TOPIC, 0, 1);
        Member member = member("m1");

        // when
        member.consumer.begin();
        long tookMillis = time.passUntil(() -> !member.received.isEmpty(), SOON);

        // then
        assertThat(tookMillis).isEqualTo(10);
    }

    @Test
    void shouldAskAgainWhenABrokerNotesItAfterListingTheMembers() {
        // given
        broker.noteMembersAfter(40);
        broker.fill(TOPIC, 0, 1);
        Member member = member("m1");

        // when
        member.consumer.begin();
        long tookMillis = time.passUntil(() -> !member.received.isEmpty(), SOON);

        // then: one question more, and the time that the broker takes
        assertThat(tookMillis).isEqualTo(10 + 40 + 2);
    }

    @Test
    void shouldCommitTheStartUntilTheBrokerHasIt() {
        // given
        broker.refuseCommits(2);
        Member member = member("m1").begin();

        // when
        time.passMillis(4_000);
        int before = broker.commits().size();
        time.passMillis(2_000);

        // then: two queues are told again
        assertThat(before).isEqualTo(2);
        assertThat(broker.commits())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 4)
                                .mapToObj(queueId -> new CommitOffset(GROUP, TOPIC, queueId, 0))
                                .toList());
        assertThat(member.received).isEmpty();
    }

    @Test
    void shouldHaveAMessageAsSoonAsItIsSent() {
        // given
        Member member = member("m1").begin();
        time.passMillis(9_000);

        // when
        broker.fill(TOPIC, 0, 1);
        long tookMillis = time.passUntil(() -> !member.received.isEmpty(), SOON);

        // then
        assertThat(tookMillis).isLessThan(5);
    }

    @Test
    void shouldHoldPullsWhileThereIsNothing() {
        // given
        member("m1").begin();

        // when
        time.pass(Duration.ofSeconds(60));

        // then: four queues, each asked about every 15 seconds
        assertThat(broker.pulls()).hasSizeBetween(16, 24);
        assertThat(broker.pulls().get(0).has(PullRequest.SUSPEND)).isTrue();
        assertThat(broker.pulls().get(0).suspendMillis()).isEqualTo(15_000);
    }

    @Test
    void shouldConsumeEachQueueInOrder() {
        // given
        broker.fill(TOPIC, 0, 500);
        broker.fill(TOPIC, 3, 500);

        // when
        Member member = member("m1").begin();
        time.pass(SOON);

        // then
        for (int queueId : List.of(0, 3)) {
            List<Long> offsets =
                    member.received.stream()
                            .filter(message -> message.queue().queueId() == queueId)
                            .map(ReceivedMessage::queueOffset)
                            .toList();
            assertThat(offsets).hasSize(500).isSorted().doesNotHaveDuplicates();
        }
    }

    @Test
    void shouldDivideTheQueuesAmongTheMembers() {
        // given
        Member first = member("m1").begin();

        // when
        Member second = member("m2").begin();
        time.pass(SOON);
        IntStream.range(0, 4).forEach(queueId -> broker.fill(TOPIC, queueId, 10));
        time.pass(SOON);

        // then
        assertThat(queueIds(first)).containsExactlyInAnyOrder(0, 1);
        assertThat(queueIds(second)).containsExactlyInAnyOrder(2, 3);
    }

    @Test
    void shouldHandQueuesOverWithoutConsumingAnythingTwice() {
        // given
        Member first = member("m1").begin();
        IntStream.range(0, 4).forEach(queueId -> broker.fill(TOPIC, queueId, 100));
        time.passMillis(2_000); // consumed, though not committed yet

        // when
        Member second = member("m2").begin();
        time.pass(SOON);
        IntStream.range(0, 4).forEach(queueId -> broker.fill(TOPIC, queueId, 100));
        time.pass(SOON);
        first.consumer.end();
        time.pass(SOON);
        IntStream.range(0, 4).forEach(queueId -> broker.fill(TOPIC, queueId, 100));
        time.pass(SOON);

        // then
        List<String> all = new ArrayList<>();
        first.received.forEach(message -> all.add(place(message)));
        second.received.forEach(message -> all.add(place(message)));
        assertThat(all).hasSize(1200).doesNotHaveDuplicates();
    }

    @Test
    void shouldLeaveTimeForAMemberFarAwayToCommitWhatItGivesUp() {
        // given
        Member far = new Member("m1", StartAt.FIRST, "*", network.from(30)).begin();
        IntStream.range(0, 4).forEach(queueId -> broker.fill(TOPIC, queueId, 100));
        time.passMillis(2_000); // consumed, though not committed yet

        // when
        Member near = member("m2").begin();
        time.pass(SOON);

        // then
        assertThat(far.received).hasSize(400);
        assertThat(near.received).isEmpty();
    }

    @Test
    void shouldTakeOverAtOnceFromAMemberThatLeaves() {
        // given
        Member first = member("m1").begin();
        Member second = member("m2").begin();
        time.pass(SOON);

        // when
        CompletableFuture<Void> ended = first.consumer.end();
        time.passUntil(ended::isDone, SOON);
        broker.fill(TOPIC, 0, 1);
        long tookMillis = time.passUntil(() -> !second.received.isEmpty(), SOON);

        // then
        assertThat(broker.farewells()).containsExactly(new UnregisterClient("m1", "", GROUP));
        assertThat(tookMillis).isLessThan(200);
    }

    @Test
    void shouldTakeOverAtOnceFromAMemberThatVanishes() {
        // given
        Member first = member("m1").begin();
        Member second = member("m2").begin();
        time.pass(SOON);
        broker.fill(TOPIC, 0, 50);
        time.pass(Duration.ofSeconds(6));

        // when
        first.client.vanish();
        broker.fill(TOPIC, 0, 1);
        long tookMillis = time.passUntil(() -> queueIds(second).contains(0), Duration.ofSeconds(2));

        // then
        assertThat(tookMillis).isLessThan(200);
        assertThat(second.received.get(second.received.size() - 1).queueOffset()).isEqualTo(50);
    }

    @Test
    void shouldCommitEveryFiveSecondsWhatIsNew() {
        // given
        Member member = member("m1").begin();
        broker.fill(TOPIC, 1, 40);

        // when
        time.passMillis(4_500);
        int before = broker.commits().size();
        time.passMillis(1_000);
        int after = broker.commits().size();
        time.pass(Duration.ofSeconds(30));

        // then: four starts, then one queue that has moved, then nothing new
        assertThat(member.received).hasSize(40);
        assertThat(before).isEqualTo(4);
        assertThat(broker.commits().subList(before, after))
                .containsExactly(new CommitOffset(GROUP, TOPIC, 1, 40));
        assertThat(broker.commits()).hasSize(after);
    }

    @Test
    void shouldCommitOnClosing() {
        // given
        Member member = member("m1").begin();
        broker.fill(TOPIC, 1, 40);
        time.passMillis(100);

        // when
        CompletableFuture<Void> ended = member.consumer.end();
        long tookMillis = time.passUntil(ended::isDone, SOON);

        // then
        assertThat(broker.committed(GROUP, TOPIC, 1)).contains(40L);
        assertThat(broker.members(GROUP)).isEmpty();
        assertThat(tookMillis).isLessThan(20);
    }

    @Test
    void shouldCommitAQueueThatBecomesAnothers() {
        // given
        member("m1").begin();
        broker.fill(TOPIC, 3, 40);
        time.passMillis(100);

        // when
        member("m2").begin();

        // then
        assertThat(broker.committed(GROUP, TOPIC, 3)).contains(40L);
    }

    @Test
    void shouldGoOnWhereTheGroupHasCome() {
        // given
        broker.fill(TOPIC, 0, 10);
        broker.commit(GROUP, TOPIC, 0, 7);

        // when
        Member member = member("m1").begin();
        time.pass(SOON);

        // then
        assertThat(member.bodies()).containsExactly("message 7", "message 8", "message 9");
    }

    @Test
    void shouldStartAtTheLastAndRememberIt() {
        // given
        broker.fill(TOPIC, 0, 10);
        Member member = new Member("m1", StartAt.LAST, "*").begin();

        // when: it has gone before it has consumed anything
        member.client.vanish();
        broker.fill(TOPIC, 0, 1);
        Member next = new Member("m2", StartAt.LAST, "*").begin();
        time.pass(SOON);

        // then
        assertThat(member.received).isEmpty();
        assertThat(next.bodies()).containsExactly("message 10");
    }

    @Test
    void shouldReadATopicThatComesLaterFromItsFirstMessage() {
        // given
        FakeBroker other = new FakeBroker("b", time);
        other.listen(network, "127.0.0.1:20911");
        SimulatedClient client = new SimulatedClient("m1", NAME_SERVER, network, time);
        List<ReceivedMessage> received = new ArrayList<>();
        PushConsumer consumer =
                client.consumers.assemble(
                        GROUP,
                        client.consumers.push(GROUP).subscribe("later").startAt(StartAt.LAST),
                        received::add);
        CompletableFuture<Void> begun = consumer.begin();
        time.passUntil(begun::isDone, SOON);

        // when
        time.pass(Duration.ofSeconds(5));
        other.withTopic("later", 2).fill("later", 1, 3);
        nameServer.with(other);
        long tookMillis = time.passUntil(() -> received.size() == 3, Duration.ofSeconds(5));

        // then
        assertThat(tookMillis).isLessThan(1_500);
    }

    @Test
    void shouldGoOnAtTheNearestOffsetAndCommitIt() {
        // given: the broker has deleted what the group has come to
        broker.fill(TOPIC, 0, 100);
        broker.begin(TOPIC, 0, 60);
        broker.commit(GROUP, TOPIC, 0, 20);

        // when
        Member member = member("m1").begin();
        time.pass(Duration.ofSeconds(6));

        // then
        assertThat(member.received).hasSize(40);
        assertThat(member.received.get(0).queueOffset()).isEqualTo(60);
        assertThat(broker.committed(GROUP, TOPIC, 0)).contains(100L);
    }

    @Test
    void shouldGoBackWhenTheQueueHasLostItsEnd() {
        // given
        broker.fill(TOPIC, 0, 10);
        broker.commit(GROUP, TOPIC, 0, 500);

        // when
        Member member = member("m1").begin();
        time.pass(Duration.ofSeconds(6));
        broker.fill(TOPIC, 0, 1);
        time.pass(SOON);

        // then
        assertThat(broker.committed(GROUP, TOPIC, 0)).contains(10L);
        assertThat(member.bodies()).containsExactly("message 10");
    }

    @Test
    void shouldNotSpinWhileABrokerCannotMakeUpItsMindAboutOffsets() {
        // given
        Answer moved =
                new Answer(
                        ResponseCode.PULL_OFFSET_MOVED,
                        "",
                        new PullResponse(0, 5, 0, 0).encode(),
                        Payload.empty());
        Member member = member("m1").begin();
        time.pass(Duration.ofSeconds(14));
        int before = broker.pulls().size();

        // when
        broker.answerPulls(IntStream.range(0, 40).mapToObj(i -> moved).toArray(Answer[]::new));
        time.pass(Duration.ofSeconds(5));

        // then: each of four queues about once a second
        assertThat(broker.pulls().size() - before).isLessThan(40);
        assertThat(member.received).isEmpty();
    }

    @Test
    void shouldNotSpinWhileABrokerDoesNotHoldPulls() {
        // given
        Answer nothing =
                new Answer(
                        ResponseCode.PULL_NOT_FOUND,
                        "",
                        new PullResponse(0, 0, 0, 0).encode(),
                        Payload.empty());
        broker.answerPulls(
                IntStream.range(0, 10_000).mapToObj(i -> nothing).toArray(Answer[]::new));

        // when
        member("m1").begin();
        time.pass(Duration.ofSeconds(10));

        // then
        assertThat(broker.pulls().size()).isBetween(300, 450);
    }

    @Test
    void shouldBringAMessageAgainUntilTheListenerTakesIt() {
        // given
        broker.fill(TOPIC, 0, 3);
        Member member = member("m1");
        member.refuses = message -> message.queueOffset() == 1 && message.attempt() < 4;

        // when
        member.begin();
        time.pass(Duration.ofSeconds(8));

        // then: after 1, 2 and 4 seconds, and never another before it
        assertThat(member.received)
                .extracting(ReceivedMessage::queueOffset)
                .containsExactly(0L, 1L, 1L, 1L, 1L, 2L);
        assertThat(member.received)
                .extracting(ReceivedMessage::attempt)
                .containsExactly(1, 1, 2, 3, 4, 1);
        time.pass(Duration.ofSeconds(5));
        assertThat(broker.committed(GROUP, TOPIC, 0)).contains(3L);
    }

    @Test
    void shouldNotCommitPastAMessageThatIsNotTaken() {
        // given
        broker.fill(TOPIC, 0, 3);
        Member member = member("m1");
        member.refuses = message -> message.queueOffset() == 1;

        // when
        member.begin();
        time.pass(Duration.ofSeconds(12));
        CompletableFuture<Void> ended = member.consumer.end();
        time.passUntil(ended::isDone, SOON);

        // then
        assertThat(broker.committed(GROUP, TOPIC, 0)).contains(1L);
    }

    @Test
    void shouldNotReadFarAheadOfItsListener() {
        // given
        broker.fill(TOPIC, 0, 5_000);
        Member member = member("m1");
        member.refuses = message -> true;

        // when
        member.begin();
        time.pass(Duration.ofSeconds(10));
        long furthest = broker.pulls().stream().mapToLong(PullRequest::queueOffset).max().orElse(0);
        member.refuses = message -> false;
        time.pass(Duration.ofSeconds(60));

        // then
        assertThat(furthest).isBetween(900L, 1_000L);
        assertThat(member.received.get(member.received.size() - 1).queueOffset()).isEqualTo(4_999);
    }

    @Test
    void shouldPassOverWhatItHasNotSubscribedTo() {
        // given
        SimulatedClient other = new SimulatedClient("p", NAME_SERVER, network, time);
        var producer = other.producers.open("shop", ProducerSettings.DEFAULT);
        Member member = new Member("m1", StartAt.FIRST, "paid || sent").begin();

        // when: "Aa" and "BB" have one hash code
        for (String tag : List.of("paid", "lost", "sent")) {
            producer.sendAsync(Message.of(TOPIC, tag.getBytes(UTF_8)).withTag(tag));
        }
        time.pass(Duration.ofSeconds(6));

        // then
        assertThat(member.bodies()).containsExactlyInAnyOrder("paid", "sent");
        long committed =
                IntStream.range(0, 4)
                        .mapToLong(queueId -> broker.committed(GROUP, TOPIC, queueId).orElse(0L))
                        .sum();
        assertThat(committed).isEqualTo(3);
    }

    @Test
    void shouldLookAtTheTagItselfAndNotOnlyAtItsHash() {
        // given: two tags with one hash code
        assertThat("Aa".hashCode()).isEqualTo("BB".hashCode());
        SimulatedClient other = new SimulatedClient("p", NAME_SERVER, network, time);
        var producer = other.producers.open("shop", ProducerSettings.DEFAULT);
        Member member = new Member("m1", StartAt.FIRST, "Aa").begin();

        // when
        producer.sendAsync(Message.of(TOPIC, new byte[1]).withTag("BB").withOrderingKey("k"));
        producer.sendAsync(Message.of(TOPIC, new byte[2]).withTag("Aa").withOrderingKey("k"));
        time.pass(SOON);

        // then
        assertThat(member.received).extracting(ReceivedMessage::tag).containsExactly("Aa");
    }

    @Test
    void shouldComeBackSoonAfterALostConnection() {
        // given
        Member member = member("m1").begin();
        time.pass(SOON);

        // when
        network.breakConnections(BROKER);
        time.passMillis(50);
        broker.fill(TOPIC, 0, 1);
        long tookMillis = time.passUntil(() -> !member.received.isEmpty(), SOON);

        // then
        assertThat(tookMillis).isLessThan(200);
        assertThat(broker.members(GROUP)).containsExactly("m1");
    }

    @Test
    void shouldComeBackWhenItsBrokerDoes() {
        // given
        Member member = member("m1").begin();
        time.pass(SOON);

        // when
        network.cutOff(BROKER);
        time.pass(Duration.ofSeconds(60));
        network.restore(BROKER);
        broker.fill(TOPIC, 0, 1);
        long tookMillis = time.passUntil(() -> !member.received.isEmpty(), Duration.ofSeconds(5));

        // then
        assertThat(tookMillis).isLessThan(1_500);
    }

    @Test
    void shouldIntroduceItselfAgainToABrokerThatDoesNotKnowIt() {
        // given
        Member member = member("m1").begin();
        time.pass(Duration.ofSeconds(14));
        int before = broker.heartbeats().size();

        // when
        broker.answerPulls(Answer.refused(ResponseCode.SUBSCRIPTION_NOT_EXIST, "who are you"));
        time.passMillis(1_500);
        broker.fill(TOPIC, 0, 1);
        time.pass(SOON);

        // then
        assertThat(broker.heartbeats().size()).isGreaterThan(before);
        assertThat(member.received).hasSize(1);
    }

    @Test
    void shouldBeatEveryThirtySeconds() {
        // given
        member("m1").begin();
        int before = broker.heartbeats().size();

        // when
        time.pass(Duration.ofSeconds(91));

        // then
        assertThat(before).isEqualTo(1);
        assertThat(broker.heartbeats()).hasSize(before + 3);
        assertThat(broker.heartbeats().get(0).consumers().get(0).subscriptions())
                .extracting(subscription -> subscription.topic())
                .containsExactly(TOPIC);
    }

    @Test
    void shouldReadTheQueuesOfABrokerThatJoins() {
        // given
        Member member = member("m1").begin();
        FakeBroker other = new FakeBroker("b", time).withTopic(TOPIC, 4);
        other.listen(network, "127.0.0.1:20911");
        other.fill(TOPIC, 0, 5);

        // when
        nameServer.with(other);
        time.pass(Duration.ofSeconds(31));

        // then
        assertThat(member.received).hasSize(5);
        assertThat(other.members(GROUP)).containsExactly("m1");
    }

    @Test
    void shouldRefuseASecondConsumerOfTheGroupInOneClient() {
        // given
        Member member = member("m1").begin();

        // when / then
        PushConsumer second =
                member.client.consumers.assemble(
                        GROUP, member.client.consumers.push(GROUP).subscribe(TOPIC), message -> {});
        assertThatThrownBy(second::begin)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(GROUP);
    }

    @Test
    void shouldRefuseBadNamesAndNothingToRead() {
        // given
        SimulatedClient client = new SimulatedClient("m1", NAME_SERVER, network, time);

        // when / then
        assertThatThrownBy(() -> client.consumers.push("a b"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> client.consumers.push("g").subscribe("a b").start(m -> {}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> client.consumers.push("g").start(message -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no topic");
    }

    private static HashSet<Integer> queueIds(Member member) {
        HashSet<Integer> ids = new HashSet<>();
        member.received.forEach(message -> ids.add(message.queue().queueId()));
        return ids;
    }

    private static String place(ReceivedMessage message) {
        return message.queue().queueId() + "/" + message.queueOffset();
    }
}
