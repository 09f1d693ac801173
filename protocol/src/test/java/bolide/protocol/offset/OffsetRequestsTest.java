package bolide.protocol.offset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bolide.protocol.Seeded;
import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.InvalidRequestException;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The requests about a queue's offsets, and their answer. */
class OffsetRequestsTest {
    private static Fields.Builder queue() {
        return Fields.builder().put("topic", "Orders").put("queueId", 3);
    }

    @Test
    void shouldReadWhatConsumersSend() {
        // given
        Frame commit =
                Frame.request(15, queue().put("consumerGroup", "G").put("commitOffset", 7).build());
        Frame committed = Frame.request(14, queue().put("consumerGroup", "G").build());
        Frame search = Frame.request(29, queue().put("timestamp", 1700000000000L).build());
        Frame max = Frame.request(30, queue().put("committed", true).build());

        // when, then
        assertThat(CommitOffset.decode(commit)).isEqualTo(new CommitOffset("G", "Orders", 3, 7));
        assertThat(CommittedOffset.decode(committed))
                .isEqualTo(new CommittedOffset("G", "Orders", 3, true));
        assertThat(SearchOffset.decode(search))
                .isEqualTo(
                        new SearchOffset("Orders", 3, 1700000000000L, SearchOffset.Boundary.LOWER));
        assertThat(QueueRequest.decode(max)).isEqualTo(new QueueRequest("Orders", 3));
    }

    @ParameterizedTest
    @CsvSource({"UPPER, UPPER", "upper, UPPER", "LOWER, LOWER", "'', LOWER", "MIDDLE, LOWER"})
    void shouldReadTheBoundary(String text, SearchOffset.Boundary boundary) {
        // given
        Fields fields = queue().put("timestamp", 1).put("boundaryType", text).build();

        // when, then
        assertThat(SearchOffset.decode(Frame.request(29, fields)).boundary()).isEqualTo(boundary);
    }

    @Test
    void shouldReadBackWhatItWrites() {
        Seeded.forEach(
                1000,
                seeded -> {
                    // given
                    CommitOffset commit =
                            new CommitOffset(
                                    seeded.text(),
                                    seeded.text(),
                                    seeded.integer(),
                                    seeded.number());
                    CommittedOffset committed =
                            new CommittedOffset(
                                    seeded.text(), seeded.text(), seeded.integer(), seeded.coin());
                    SearchOffset search =
                            new SearchOffset(
                                    seeded.text(),
                                    seeded.integer(),
                                    seeded.number(),
                                    SearchOffset.Boundary.values()[seeded.below(2)]);
                    QueueRequest queue = new QueueRequest(seeded.text(), seeded.integer());
                    OffsetResponse offset = new OffsetResponse(seeded.number());

                    // when, then
                    assertThat(commit.encode().code()).isEqualTo(15);
                    assertThat(CommitOffset.decode(commit.encode())).isEqualTo(commit);
                    assertThat(committed.encode().code()).isEqualTo(14);
                    assertThat(CommittedOffset.decode(committed.encode())).isEqualTo(committed);
                    assertThat(search.encode().code()).isEqualTo(29);
                    assertThat(SearchOffset.decode(search.encode())).isEqualTo(search);
                    assertThat(queue.encode(31).code()).isEqualTo(31);
                    assertThat(QueueRequest.decode(queue.encode(31))).isEqualTo(queue);
                    assertThat(OffsetResponse.decode(offset.encode())).isEqualTo(offset);
                });
    }

    @Test
    void shouldAnswerWithAnOffset() {
        // when, then
        assertThat(new OffsetResponse(7).encode())
                .isEqualTo(Fields.builder().put("offset", 7).build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"topic", "queueId", "consumerGroup", "commitOffset", "timestamp"})
    void shouldRefuseWhatLacksAField(String missing) {
        // given
        Fields.Builder fields = Fields.builder();
        queue().put("consumerGroup", "G")
                .put("commitOffset", 7)
                .put("timestamp", 1)
                .build()
                .forEach((name, value) -> {
                    if (!name.equals(missing)) {
                        fields.put(name, value);
                    }
                });
        Frame frame = Frame.request(0, fields.build());

        // when
        int refused = 0;
        for (Function<Frame, ?> decoder :
                List.<Function<Frame, ?>>of(
                        CommitOffset::decode,
                        CommittedOffset::decode,
                        SearchOffset::decode,
                        QueueRequest::decode)) {
            try {
                decoder.apply(frame);
            } catch (InvalidRequestException expected) {
                assertThat(expected).hasMessage("header field " + missing + " is missing");
                refused++;
            }
        }

        // then
        assertThat(refused)
                .isEqualTo(
                        switch (missing) {
                            case "topic", "queueId" -> 4;
                            case "consumerGroup" -> 2;
                            default -> 1;
                        });
        assertThatThrownBy(() -> OffsetResponse.decode(Fields.NONE))
                .isExactlyInstanceOf(InvalidRequestException.class);
    }
}
