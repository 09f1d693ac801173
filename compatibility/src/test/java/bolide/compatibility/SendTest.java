package bolide.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.compatibility.driver.Report;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The official producer against the server. */
final class SendTest {
    private static ServerUnderTest server;

    @BeforeAll
    static void start() {
        server = ServerUnderTest.start(Flush.ASYNC);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void shouldStoreWhatASyncSendAcknowledges() {
        // when
        DriverProcess driver = DriverProcess.play(server, "send-sync", "topic=sync", "count=20");

        // then
        assertStoredAsAcknowledged(driver, 20);
    }

    @Test
    void shouldStoreWhatAnAsyncSendAcknowledges() {
        // when
        DriverProcess driver = DriverProcess.play(server, "send-async", "topic=async", "count=50");

        // then
        assertStoredAsAcknowledged(driver, 50);
    }

    private static void assertStoredAsAcknowledged(DriverProcess driver, int count) {
        List<Report> sent = driver.reports("sent");
        List<Report> messages = driver.reports("message");
        assertThat(bodies(sent))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, count).mapToObj(String::valueOf).toList());
        assertThat(sent).allMatch(report -> report.text("status").equals("SEND_OK"));
        assertThat(messages).hasSize(count);
        assertThat(Place.bodies(messages)).isEqualTo(Place.bodies(sent));
        Place.assertDense(Place.bodies(sent).keySet());
    }

    private static List<String> bodies(List<Report> reports) {
        return reports.stream().map(report -> report.text("body")).toList();
    }
}
