package bolide.protocol.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bolide.protocol.Seeded;
import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.InvalidRequestException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pulls and their answer. */
class PullRequestTest {
    private static Fields.Builder requiredFields() {
        return Fields.builder()
                .put("consumerGroup", "G")
                .put("topic", "Orders")
                .put("queueId", 3)
                .put("queueOffset", 1L << 40)
                .put("maxMsgNums", 32)
                .put("sysFlag", 7)
                .put("commitOffset", 5)
                .put("suspendTimeoutMillis", 15_000)
                .put("subVersion", 1700000000000L);
    }

    @Test
    void shouldReadWhatConsumersSend() {
        // given
        Fields all =
                requiredFields()
                        .put("subscription", "a > 1")
                        .put("expressionType", "SQL92")
                        .put("maxMsgBytes", 1024)
                        .put("requestSource", -1)
                        .put("proxyFrowardClientId", "c")
                        .build();

        // when, then
        assertThat(PullRequest.decode(Frame.request(11, all)))
                .isEqualTo(
                        new PullRequest(
                                "G",
                                "Orders",
                                3,
                                1L << 40,
                                32,
                                7,
                                5,
                                15_000,
                                1700000000000L,
                                "a > 1",
                                "SQL92",
                                1024));
        PullRequest bare = PullRequest.decode(Frame.request(361, requiredFields().build()));
        assertThat(bare.subscription()).isEmpty();
        assertThat(bare.expressionType()).isEqualTo("TAG");
        assertThat(bare.maxBytes()).isZero();
    }

    @Test
    void shouldNeedEveryOtherField() {
        List<String> names =
                List.of(
                        "consumerGroup",
                        "topic",
                        "queueId",
                        "queueOffset",
                        "maxMsgNums",
                        "sysFlag",
                        "commitOffset",
                        "suspendTimeoutMillis",
                        "subVersion");
        for (String missing : names) {
            // given
            Fields.Builder others = Fields.builder();
            requiredFields()
                    .build()
                    .forEach((name, value) -> {
                        if (!name.equals(missing)) {
                            others.put(name, value);
                        }
                    });
            Frame frame = Frame.request(11, others.build());

            // when, then
            assertThatThrownBy(() -> PullRequest.decode(frame))
                    .isExactlyInstanceOf(InvalidRequestException.class)
                    .hasMessage("header field " + missing + " is missing");
        }
    }

    @Test
    void shouldReadBackWhatItWrites() {
        Seeded.forEach(
                1000,
                seeded -> {
                    // given
                    PullRequest request =
                            new PullRequest(
                                    seeded.name(),
                                    seeded.name(),
                                    seeded.integer(),
                                    seeded.number(),
                                    seeded.integer(),
                                    seeded.integer(),
                                    seeded.number(),
                                    seeded.number(),
                                    seeded.number(),
                                    seeded.text(),
                                    seeded.name(),
                                    seeded.below(100_000));
                    PullResponse response =
                            new PullResponse(
                                    seeded.number(),
                                    seeded.number(),
                                    seeded.number(),
                                    seeded.number());

                    // when, then
                    assertThat(request.encode().code()).isEqualTo(11);
                    assertThat(PullRequest.decode(request.encode())).isEqualTo(request);
                    assertThat(PullResponse.decode(response.encode())).isEqualTo(response);
                });
    }

    @Test
    void shouldAnswerWithWhatClientsTakeForGranted() {
        // when, then
        assertThat(new PullResponse(1, 2, 3, 4).encode())
                .isEqualTo(
                        Fields.builder()
                                .put("suggestWhichBrokerId", 1)
                                .put("nextBeginOffset", 2)
                                .put("minOffset", 3)
                                .put("maxOffset", 4)
                                .build());
    }

    @Test
    void shouldTellWhetherAllBitsAreSet() {
        // given
        PullRequest request = PullRequest.decode(Frame.request(11, requiredFields().build()));

        // when, then
        assertThat(request.has(PullRequest.COMMIT_OFFSET | PullRequest.SUSPEND)).isTrue();
        assertThat(request.has(PullRequest.SUBSCRIPTION | PullRequest.CLASS_FILTER)).isFalse();
        assertThat(request.has(PullRequest.LITE_PULL)).isFalse();
    }
}
