package bolide.protocol.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bolide.protocol.Golden;
import bolide.protocol.Seeded;
import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.InvalidRequestException;
import bolide.protocol.frame.RequestCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sends under their three numbers, and their answer. */
class SendRequestTest {
    private static final String[] LONG_NAMES = {
        "producerGroup", "topic", "defaultTopic", "defaultTopicQueueNums", "queueId", "sysFlag",
        "bornTimestamp", "flag", "properties", "reconsumeTimes", "unitMode", "maxReconsumeTimes",
        "batch"
    };

    private static final SendRequest REQUEST =
            new SendRequest(
                    "P",
                    "Orders",
                    "TBW102",
                    4,
                    3,
                    0,
                    1700000000000L,
                    7,
                    "TAGS\1A\2",
                    2,
                    true,
                    16,
                    false,
                    Golden.utf8("hi"));

    private static Fields.Builder fields(boolean shortNames, int howMany) {
        String[] values = {
            "P",
            "Orders",
            "TBW102",
            "4",
            "3",
            "0",
            "1700000000000",
            "7",
            "TAGS\1A\2",
            "2",
            "true",
            "16",
            "false"
        };
        Fields.Builder fields = Fields.builder();
        for (int i = 0; i < howMany; i++) {
            fields.put(shortNames ? String.valueOf((char) ('a' + i)) : LONG_NAMES[i], values[i]);
        }
        return fields;
    }

    @ParameterizedTest
    @CsvSource({"10, false", "310, true", "320, true"})
    void shouldReadWhatProducersSend(int code, boolean shortNames) {
        // given
        Fields fields = fields(shortNames, 13).put("n", "bk").build();

        // when, then
        assertThat(SendRequest.decode(Frame.request(code, fields, Golden.utf8("hi"))))
                .isEqualTo(REQUEST);
    }

    @ParameterizedTest
    @CsvSource({"10, false, false", "310, true, false", "320, true, true"})
    void shouldTakeOptionalFieldsForTheirDefaults(int code, boolean shortNames, boolean batch) {
        // given
        Fields fields = fields(shortNames, 8).build();

        // when
        SendRequest request = SendRequest.decode(Frame.request(code, fields));

        // then
        assertThat(request.propertyText()).isEmpty();
        assertThat(request.reconsumeTimes()).isZero();
        assertThat(request.unitMode()).isFalse();
        assertThat(request.maxReconsumeTimes()).isEqualTo(-1);
        assertThat(request.batch()).isEqualTo(batch);
    }

    @ParameterizedTest
    @CsvSource({"310, true, true", "320, false, false", "320, true, true", "310, false, false"})
    void shouldBelieveTheBatchFieldAndNotTheCode(int code, boolean field, boolean batch) {
        // given
        Fields fields = fields(true, 8).put("m", field).build();

        // when, then
        assertThat(SendRequest.decode(Frame.request(code, fields)).batch()).isEqualTo(batch);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldNeedTheFirstEightFields(boolean shortNames) {
        for (int missing = 0; missing < 8; missing++) {
            // given
            String name = shortNames ? String.valueOf((char) ('a' + missing)) : LONG_NAMES[missing];
            Fields.Builder others = Fields.builder();
            fields(shortNames, 13)
                    .build()
                    .forEach((field, value) -> {
                        if (!field.equals(name)) {
                            others.put(field, value);
                        }
                    });
            Frame frame = Frame.request(shortNames ? 310 : 10, others.build());

            // when, then
            assertThatThrownBy(() -> SendRequest.decode(frame))
                    .isExactlyInstanceOf(InvalidRequestException.class)
                    .hasMessage("header field " + name + " is missing");
        }
    }

    @Test
    void shouldReadBackWhatItWrites() {
        Seeded.forEach(
                1000,
                seeded -> {
                    // given
                    SendRequest request =
                            new SendRequest(
                                    seeded.name(),
                                    seeded.name(),
                                    seeded.name(),
                                    seeded.integer(),
                                    seeded.integer(),
                                    seeded.integer(),
                                    seeded.number(),
                                    seeded.integer(),
                                    seeded.text(),
                                    seeded.integer(),
                                    seeded.coin(),
                                    seeded.integer(),
                                    seeded.coin(),
                                    Golden.utf8(seeded.text()));

                    // when
                    Frame frame = request.encode();

                    // then
                    assertThat(SendRequest.decode(frame)).isEqualTo(request);
                    assertThat(frame.code())
                            .isEqualTo(
                                    request.batch()
                                            ? RequestCode.SEND_BATCH_MESSAGE
                                            : RequestCode.SEND_MESSAGE_V2);
                });
    }

    @Test
    void shouldLeaveOutTheDeliveriesThatTheGroupDecides() {
        // given
        SendRequest ours = SendRequest.decode(Frame.request(310, fields(true, 8).build()));

        // when, then
        assertThat(ours.encode().fields().has("l")).isFalse();
    }

    @Test
    void shouldReadBackTheResponseItWrites() {
        Seeded.forEach(
                500,
                seeded -> {
                    // given
                    SendResponse response =
                            new SendResponse(
                                    seeded.text(),
                                    seeded.integer(),
                                    seeded.number(),
                                    seeded.text());

                    // when, then
                    assertThat(SendResponse.decode(response.encode())).isEqualTo(response);
                });
    }

    @Test
    void shouldAnswerWithWhatClientsTakeForGranted() {
        // given
        SendResponse response = new SendResponse("0A", 3, 7, "");

        // when, then
        assertThat(response.encode())
                .isEqualTo(
                        Fields.builder()
                                .put("msgId", "0A")
                                .put("queueId", 3)
                                .put("queueOffset", 7)
                                .put("MSG_REGION", "DefaultRegion")
                                .put("TRACE_ON", "true")
                                .build());
        assertThatThrownBy(() -> SendResponse.decode(Fields.NONE))
                .isExactlyInstanceOf(InvalidRequestException.class);
    }
}
