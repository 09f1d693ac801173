package bolide.broker;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.broker.config.Settings;
import bolide.protocol.config.PropertiesText;
import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.RequestCode;
import bolide.store.commitlog.FlushPolicy;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/// The broker's settings are shown, and few of them changed; what it does not do it says.
final class SettingsTest {
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

    private Map<String, String> settings() {
        return PropertiesText.decode(broker.ask(RequestCode.GET_BROKER_CONFIG).body());
    }

    private Frame change(String text) {
        return broker.ask(
                Frame.request(
                        RequestCode.UPDATE_BROKER_CONFIG, Fields.NONE, BrokerHarness.bytes(text)));
    }

    @Test
    void shouldShowItsSettings() {
        assertThat(settings())
                .containsEntry("brokerName", "b")
                .containsEntry("brokerPermission", "6")
                .containsEntry("brokerClusterName", "C")
                .containsEntry("autoCreateTopicEnable", "true")
                .containsEntry("defaultTopicQueueNums", "8");
    }

    @Test
    void shouldChangeHowTopicsComeIntoBeing() {
        // when
        Frame answer = change("autoCreateTopicEnable=false\n");

        // then
        assertThat(answer.code()).as(answer.remark()).isZero();
        assertThat(answer.fields().text("version")).contains("\"counter\":2");
        assertThat(settings()).containsEntry("autoCreateTopicEnable", "false");
        assertThat(broker.send("T", 0, "x", "").code()).isEqualTo(17);

        // when
        change("autoCreateTopicEnable=true\ndefaultTopicQueueNums=2\n");

        // then
        assertThat(broker.send("T", 0, "x", "").code()).isZero();
        assertThat(broker.ask(30, "topic", "T", "queueId", "2").code()).isEqualTo(29);
        assertThat(broker.ask(30, "topic", "T", "queueId", "1").code()).isZero();
    }

    @Test
    void shouldChangeWhatTheBrokerPermits() {
        // when
        Frame answer = change("brokerPermission=4\n");

        // then
        assertThat(answer.code()).as(answer.remark()).isZero();
        assertThat(settings()).containsEntry("brokerPermission", "4");
        assertThat(broker.send("T", 0, "x", "").code()).isEqualTo(16);
        assertThat(change("brokerPermission=8").code()).isEqualTo(29);
    }

    @Test
    void shouldTellNameServersOfThePatternThatIsGone() {
        // given
        assertThat(broker.nameServer.knows("TBW102")).isTrue();

        // when
        change("autoCreateTopicEnable=false\n");
        broker.timers.advance(0);

        // then
        assertThat(broker.nameServer.knows("TBW102")).isFalse();
    }

    @Test
    void shouldTellNameServersNothingWhenNothingChanges() {
        // given
        broker.timers.advance(0);
        int told = broker.nameServer.registrations.size();

        // when
        assertThat(change("brokerPermission=6\ndefaultTopicQueueNums=8\n").code()).isZero();
        broker.timers.advance(0);

        // then
        assertThat(broker.nameServer.registrations).hasSize(told);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# nothing\n",
                "brokerPermission=6\n",
                "autoCreateTopicEnable=true\ndefaultTopicQueueNums=8\n"
            })
    void shouldStayInItsVersionWhenNothingChanges(String text) {
        // given
        String before = broker.ask(RequestCode.GET_BROKER_CONFIG).fields().text("version");
        Logger logger = (Logger) LoggerFactory.getLogger(Settings.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.setLevel(Level.INFO); // tests are silent otherwise
        logger.addAppender(log);

        // when
        Frame answer = change(text);
        logger.detachAppender(log);
        logger.setLevel(null);

        // then
        assertThat(answer.code()).as(answer.remark()).isZero();
        assertThat(answer.fields().text("version")).isEqualTo(before);
        assertThat(log.list).isEmpty();
    }

    @Test
    void shouldHaveThePatternAtAnyMomentOfAChange() throws Exception {
        // given
        FakeClient other = new FakeClient(2);
        Frame question =
                Frame.request(RequestCode.GET_TOPIC_CONFIG, FakeClient.fields("topic", "TBW102"));
        AtomicBoolean done = new AtomicBoolean();

        // when
        try (ExecutorService looking = Executors.newSingleThreadExecutor()) {
            Future<Set<Integer>> codes =
                    looking.submit(() -> {
                        Set<Integer> seen = new HashSet<>();
                        while (!done.get()) {
                            seen.add(broker.ask(other, question).code());
                            other.forget();
                        }
                        return seen;
                    });
            for (int i = 0; i < 3_000; i++) {
                change("defaultTopicQueueNums=" + (2 + i % 2));
                broker.client.forget();
            }
            done.set(true);

            // then
            assertThat(codes.get()).containsExactly(0);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "brokerName",
                "storePathRootDir",
                "namesrvAddr",
                "rocketmqHome",
                "brokerConfigPath",
                "configBlackList",
                "messageStorePlugIn",
                "whatever"
            })
    void shouldChangeNothingElse(String name) {
        // when
        Frame answer = change("defaultTopicQueueNums=2\n" + name + "=elsewhere\n");

        // then
        assertThat(answer.code()).isEqualTo(16);
        assertThat(answer.remark()).contains(name, "defaultTopicQueueNums");
        assertThat(settings()).containsEntry("defaultTopicQueueNums", "8");
    }

    @ParameterizedTest
    @CsvSource({
        "defaultTopicQueueNums=0",
        "defaultTopicQueueNums=1025",
        "defaultTopicQueueNums=many",
        "autoCreateTopicEnable=perhaps"
    })
    void shouldRefuseValuesOutOfBounds(String line) {
        assertThat(change(line).code()).isEqualTo(29);
    }

    @Test
    void shouldRefuseWhatIsNoPropertiesText() {
        assertThat(change("a=\\u12").code()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                RequestCode.CLEAN_EXPIRED_CONSUMEQUEUE,
                RequestCode.CLEAN_UNUSED_TOPIC,
                RequestCode.DELETE_EXPIRED_COMMITLOG
            })
    void shouldTidyUpWhenAsked(int code) {
        assertThat(broker.ask(code).code()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "354,RocksDB",
        "355,RocksDB",
        "2001,old",
        "2004,ahead",
        "902,process",
        "1005,controller"
    })
    void shouldSayWhyItDoesNotDoSomething(int code, String reason) {
        // when
        Frame answer = broker.ask(code);

        // then
        assertThat(answer.code()).isEqualTo(3);
        assertThat(answer.remark()).contains(reason);
    }
}
