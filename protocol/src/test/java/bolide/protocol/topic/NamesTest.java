package bolide.protocol.topic;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.protocol.Seeded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of topics and groups, and permissions. */
class NamesTest {
    @ParameterizedTest
    @CsvSource({
        "a, 127, true",
        "a, 128, false",
        "%RETRY%, 255, true",
        "%RETRY%, 256, false",
        "%DLQ%, 255, true",
        "%DLQ%, 256, false",
        "%OTHER%, 128, false"
    })
    void shouldBoundATopicsLength(String prefix, int length, boolean allowed) {
        // given
        String topic = prefix + "x".repeat(length - prefix.length());

        // when, then
        assertThat(Names.topicProblem(topic).isEmpty()).isEqualTo(allowed);
    }

    @Test
    void shouldBoundAGroupsLength() {
        // when, then
        assertThat(Names.groupProblem("g".repeat(120))).isEmpty();
        assertThat(Names.groupProblem("g".repeat(121)))
                .contains("has 121 characters; at most 120 are allowed");
        assertThat(Names.groupProblem("")).startsWith("group name is empty");
    }

    @Test
    void shouldAllowExactlyTheCharactersOfTheProtocol() {
        for (char c = 0; c < Character.MAX_VALUE; c++) {
            // when
            boolean allowed = Names.topicProblem("a" + c).isEmpty();

            // then
            assertThat(allowed)
                    .as("character " + (int) c)
                    .isEqualTo(c < 128 && ("" + c).matches("[%|a-zA-Z0-9_-]"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "..",
                "../../../../x",
                "a/b",
                "a b",
                "a\0",
                "a\n",
                "\u00e9",
                "\ud83d\ude00"
            })
    void shouldSayWhatIsWrongOnOneLine(String topic) {
        // when
        String problem = Names.topicProblem(topic);

        // then
        assertThat(problem).startsWith("topic name ").doesNotContain("\n").doesNotContain("\0");
        assertThat(Names.groupProblem(topic)).startsWith("group name ");
    }

    @Test
    void shouldNotRepeatALongName() {
        // when, then
        assertThat(Names.topicProblem("/".repeat(100_000))).hasSizeLessThan(250);
    }

    @Test
    void shouldAllowEveryMadeUpName() {
        Seeded.forEach(1000, seeded -> assertThat(Names.topicProblem(seeded.name())).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "TBW102, true, false",
        "SCHEDULE_TOPIC_XXXX, true, true",
        "RMQ_SYS_TRANS_HALF_TOPIC, true, true",
        "RMQ_SYS_TRANS_OP_HALF_TOPIC, true, true",
        "TRANS_CHECK_MAX_TIME_TOPIC, true, true",
        "SELF_TEST_TOPIC, true, true",
        "OFFSET_MOVED_EVENT, true, true",
        "BenchmarkTest, true, false",
        "RMQ_SYS_TRACE_TOPIC, true, false",
        "CHECKPOINT_TOPIC, true, false",
        "rmq_sys_wheel_timer, true, false",
        "rmq_sys_bolide_state, true, true",
        "Orders, false, false",
        "%RETRY%G, false, false",
        "RMQ_SYS_OTHER, false, false"
    })
    void shouldKnowTheSystemsTopics(String topic, boolean system, boolean closed) {
        // when, then
        assertThat(Names.isSystem(topic)).isEqualTo(system);
        assertThat(Names.isClosedToProducers(topic)).isEqualTo(closed);
        assertThat(Names.isOwn(topic)).isEqualTo(topic.startsWith("rmq_sys_bolide_"));
    }

    @Test
    void shouldKnowTopicsThatBelongToAGroup() {
        // when, then
        assertThat(Names.isRetry("%RETRY%G")).isTrue();
        assertThat(Names.isRetry("%DLQ%G")).isFalse();
        assertThat(Names.isDerived("%DLQ%G")).isTrue();
        assertThat(Names.isDerived("%RETRY%G")).isTrue();
        assertThat(Names.isDerived("G%RETRY%")).isFalse();
    }

    @Test
    void shouldReadPermissionBits() {
        // when, then
        assertThat(Permission.isReadable(4)).isTrue();
        assertThat(Permission.isReadable(3)).isFalse();
        assertThat(Permission.isWritable(2)).isTrue();
        assertThat(Permission.isWritable(5)).isFalse();
        assertThat(Permission.isInherited(7)).isTrue();
        assertThat(Permission.isInherited(6)).isFalse();
        assertThat(Permission.isValid(0)).isTrue();
        assertThat(Permission.isValid(7)).isTrue();
        assertThat(Permission.isValid(8)).isFalse();
        assertThat(Permission.isValid(-1)).isFalse();
    }
}
