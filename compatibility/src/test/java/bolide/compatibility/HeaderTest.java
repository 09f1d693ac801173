package bolide.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.compatibility.driver.Report;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Headers in both formats, and the send request in its long and its short form. */
@ExtendWith(SharedServer.class)
final class HeaderTest {
    private static final List<String> BODIES =
            List.of("sync", "async", "one-way", "batch-0", "batch-1");

    @ParameterizedTest
    @CsvSource({"JSON, true", "JSON, false", "ROCKETMQ, true", "ROCKETMQ, false"})
    void shouldServeEveryRequestHoweverItsHeaderLooks(
            String format, boolean shortForm, ServerUnderTest server) {
        // when
        DriverProcess driver =
                DriverProcess.play(
                        server,
                        "all-requests",
                        "topic=headers-" + format + "-" + shortForm,
                        "-Drocketmq.serialize.type=" + format,
                        "-Dorg.apache.rocketmq.client.sendSmartMsg=" + shortForm);

        // then
        Report requests = driver.reports("requests").getFirst();
        assertThat(requests.text("headers")).isEqualTo(format);
        assertThat(requests.text("codes").split(" "))
                .contains(shortForm ? "310" : "10")
                .doesNotContain(shortForm ? "10" : "310")
                .contains("11", "14", "15", "17", "29", "30", "31", "33", "34", "35", "38")
                .contains("41", "42", "105", "320");
        assertThat(bodies(driver, "orderly")).containsExactlyInAnyOrderElementsOf(BODIES);
        assertThat(bodies(driver, "reader")).containsExactlyInAnyOrderElementsOf(BODIES);
        assertThat(bodies(driver, "viewer")).containsExactly("sync");
        assertThat(bodies(driver, "poller")).contains("sync");
        assertThat(driver.values("offset", "offset")).containsOnly("0");
        assertThat(driver.values("sent", "status")).containsOnly("SEND_OK");
    }

    private static List<String> bodies(DriverProcess driver, String member) {
        return driver.reports("message", "member", member).stream()
                .map(message -> message.text("body"))
                .toList();
    }
}
