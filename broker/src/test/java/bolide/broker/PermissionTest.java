package bolide.broker;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.RequestCode;
import bolide.protocol.group.ConsumerData;
import bolide.protocol.group.GroupConfig;
import bolide.protocol.group.Heartbeat;
import bolide.protocol.group.Subscription;
import bolide.protocol.message.MessageRecord;
import bolide.protocol.topic.Permission;
import bolide.protocol.topic.TopicConfig;
import bolide.store.commitlog.FlushPolicy;
import bolide.store.file.DirectoryVolume;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who may send to a topic and who may read it: what the broker, the topic and the group say.
final class PermissionTest {
    private static final int NO_PERMISSION = 16;

    @TempDir Path data;
    private BrokerHarness broker;

    @BeforeEach
    void open() {
        open(Permission.READ_WRITE);
    }

    private void open(int permission) {
        broker =
                new BrokerHarness(
                        new DirectoryVolume(data),
                        FlushPolicy.SYNC,
                        1 << 30,
                        Thread.ofPlatform().daemon(true).factory(),
                        permission);
    }

    @AfterEach
    void close() {
        broker.close();
    }

    private void reopen(int permission) {
        broker.close();
        open(permission);
    }

    private void create(String topic, int perm) {
        Fields fields =
                Fields.builder()
                        .put("topic", topic)
                        .put("readQueueNums", 1)
                        .put("writeQueueNums", 1)
                        .put("perm", perm)
                        .build();
        assertThat(broker.ask(Frame.request(RequestCode.UPDATE_AND_CREATE_TOPIC, fields)).code())
                .isZero();
    }

    private Frame pull(String topic) {
        return broker.ask(BrokerHarness.pull(topic, 0, 0, "*").encode());
    }

    @ParameterizedTest
    @CsvSource({"6,0,0", "4,16,0", "2,0,16", "0,16,16"})
    void shouldDoWhatTheTopicPermits(int perm, int sent, int pulled) {
        // given
        create("T", 6);
        broker.send("T", 0, "before", "");
        broker.awaitEnd("T", 0, 1);

        // when
        create("T", perm);

        // then
        assertThat(broker.send("T", 0, "x", "").code()).isEqualTo(sent);
        assertThat(pull("T").code()).isEqualTo(pulled);
    }

    @ParameterizedTest
    @CsvSource({"6,0,0", "4,16,0", "2,0,16", "0,16,16"})
    void shouldDoWhatTheBrokerPermits(int permission, int sent, int pulled) {
        // given
        create("T", 6);
        broker.send("T", 0, "before", "");
        reopen(permission);

        // when
        Frame send = broker.send("T", 0, "x", "");
        Frame toNew = broker.send("New", 0, "x", "");

        // then
        assertThat(send.code()).isEqualTo(sent);
        assertThat(toNew.code()).isEqualTo(sent);
        assertThat(pull("T").code()).isEqualTo(pulled);
        if (sent == NO_PERMISSION) {
            assertThat(send.remark()).contains("this broker", "" + permission);
        }
    }

    /// Clients know from the route what they need not try.
    @Test
    void shouldTellNameServersWhatIsPermitted() {
        // given
        create("T", 6);

        // when
        reopen(Permission.READ);

        // then
        List<TopicConfig> shown = List.copyOf(broker.nameServer.registrations.getLast().topics());
        assertThat(shown)
                .filteredOn(topic -> topic.name().equals("T") || topic.name().equals("TBW102"))
                .extracting(TopicConfig::perm)
                .containsExactly(4, 5);
        assertThat(broker.ask(RequestCode.GET_TOPIC_CONFIG, "topic", "T").body())
                .satisfies(body -> assertThat(text(body)).contains("\"perm\":6"));
    }

    private static String text(ByteBuffer body) {
        return StandardCharsets.UTF_8.decode(body.duplicate()).toString();
    }

    private void put(String json) {
        Frame request =
                Frame.request(
                        RequestCode.UPDATE_AND_CREATE_SUBSCRIPTIONGROUP,
                        Fields.NONE,
                        BrokerHarness.bytes(json));
        assertThat(broker.ask(request).code()).isZero();
    }

    @Test
    void shouldGiveNothingToAGroupThatIsSwitchedOff() {
        // given
        broker.send("T", 0, "x", "");
        broker.awaitEnd("T", 0, 1);

        // when
        put("{\"groupName\":\"G\",\"consumeEnable\":false}");

        // then
        assertThat(pull("T").code()).isEqualTo(NO_PERMISSION);
        reopen(Permission.READ_WRITE);
        assertThat(pull("T").code()).isEqualTo(NO_PERMISSION);
        put(text(GroupConfig.of("G").encode()));
        assertThat(pull("T").code()).isZero();
    }

    @Test
    void shouldNotLetAGroupBroadcastThatMayNot() {
        // given
        broker.send("T", 0, "x", "");
        broker.awaitEnd("T", 0, 1);
        FakeClient other = new FakeClient(2);
        broker.ask(heartbeat(ConsumerData.BROADCASTING));
        broker.ask(other, heartbeat(ConsumerData.CLUSTERING));

        // when
        put("{\"groupName\":\"G\",\"consumeBroadcastEnable\":false}");

        // then
        assertThat(pull("T").code()).isEqualTo(NO_PERMISSION);
        assertThat(broker.ask(other, BrokerHarness.pull("T", 0, 0, "*").encode()).code()).isZero();
    }

    private static Frame heartbeat(String model) {
        ConsumerData consumer =
                new ConsumerData(
                        "G",
                        ConsumerData.PUSH,
                        model,
                        ConsumerData.FROM_LAST,
                        List.of(Subscription.ofTags("T", "*", 1)));
        return new Heartbeat("c-" + model, List.of(), List.of(consumer), 0, false).encode();
    }

    @Test
    void shouldForbidAGroupOneTopicAndLetItAgain() {
        // given
        broker.send("T", 0, "x", "");
        broker.send("U", 0, "x", "");
        broker.awaitEnd("T", 0, 1);
        broker.awaitEnd("U", 0, 1);
        assertThat(reading()).contains("\"readable\":true");

        // when
        Frame forbidden = reading("false");

        // then
        assertThat(text(forbidden.body())).contains("\"readable\":false");
        for (int life = 0; life < 2; life++) {
            assertThat(pull("T").code()).isEqualTo(NO_PERMISSION);
            assertThat(pull("U").code()).isZero();
            assertThat(reading()).contains("\"readable\":false");
            reopen(Permission.READ_WRITE);
        }
        assertThat(text(reading("true").body())).contains("\"readable\":true");
        assertThat(pull("T").code()).isZero();
        reopen(Permission.READ_WRITE);
        assertThat(pull("T").code()).isZero();
    }

    private Frame reading(String readable) {
        return broker.ask(
                RequestCode.UPDATE_AND_GET_GROUP_FORBIDDEN,
                "group",
                "G",
                "topic",
                "T",
                "readable",
                readable);
    }

    private String reading() {
        return text(
                broker.ask(RequestCode.UPDATE_AND_GET_GROUP_FORBIDDEN, "group", "G", "topic", "T")
                        .body());
    }

    @Test
    void shouldMakeTheGroupThatItForbids() {
        // given
        broker.send("T", 0, "makes the topic", "");

        // when
        reading("false");

        // then
        assertThat(text(broker.ask(RequestCode.GET_ALL_SUBSCRIPTIONGROUP_CONFIG).body()))
                .contains("\"G\"");
    }

    @Test
    void shouldRefuseToForbidWhatIsNotThere() {
        assertThat(reading("false").code()).isEqualTo(17);
    }

    /// The message that would have answered it finds that nobody may read it any more.
    @ParameterizedTest
    @CsvSource({"topic", "group"})
    void shouldNotAnswerAHeldPullWithWhatIsForbiddenMeanwhile(String by) {
        // given
        create("T", 6);
        int held =
                broker.post(broker.client, BrokerHarness.heldPull("T", 0, 0, "*", 30_000).encode());
        assertThat(broker.client.responses(held)).isEmpty();

        // when
        FakeClient other = new FakeClient(2);
        if (by.equals("topic")) {
            create("T", 2);
        } else {
            put("{\"groupName\":\"G\",\"consumeEnable\":false}");
        }
        broker.ask(other, BrokerHarness.message("T", 0, "x", "").encode());

        // then
        assertThat(broker.answer(broker.client, held).code()).isEqualTo(NO_PERMISSION);
        create("T", 6);
        put("{\"groupName\":\"G\"}");
        assertThat(MessageRecord.decodeAll(pull("T").body())).hasSize(1);
    }
}
