package bolide.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.compatibility.driver.Report;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each way to send, and what is stored of it. */
@ExtendWith(SharedServer.class)
final class SendTest {
    @Test
    void shouldStoreWhatASyncSendAcknowledges(ServerUnderTest server) {
        // when
        DriverProcess driver = DriverProcess.play(server, "send-sync", "topic=sync", "count=20");

        // then
        assertThat(driver.values("sent", "body")).isEqualTo(numbers(20));
        assertStoredAsAcknowledged(driver);
    }

    @Test
    void shouldStoreWhatAnAsyncSendAcknowledges(ServerUnderTest server) {
        // when
        DriverProcess driver = DriverProcess.play(server, "send-async", "topic=async", "count=50");

        // then
        assertThat(driver.values("sent", "body")).hasSameElementsAs(numbers(50));
        assertStoredAsAcknowledged(driver);
    }

    @Test
    void shouldStoreAOneWaySend(ServerUnderTest server) {
        // when
        DriverProcess driver = DriverProcess.play(server, "send-one-way", "topic=one-way");

        // then
        assertThat(driver.values("message", "body"))
                .containsExactlyInAnyOrderElementsOf(numbers(20));
        Place.assertDense(Place.bodies(driver.reports("message")).keySet());
    }

    @Test
    void shouldStoreABatchInOnePiece(ServerUnderTest server) {
        // when
        DriverProcess driver = DriverProcess.play(server, "send-batch", "topic=batch", "count=10");

        // then
        Report sent = driver.reports("sent").getFirst();
        assertThat(sent.text("status")).isEqualTo("SEND_OK");
        assertThat(sent.number("offset")).isZero();
        assertThat(sent.text("offsetId").split(",")).hasSize(10).doesNotHaveDuplicates();
        assertThat(driver.values("message", "body")).isEqualTo(numbers(10));
        assertThat(driver.values("message", "offset")).isEqualTo(numbers(10));
        assertThat(driver.values("message", "queue"))
                .isEqualTo(Collections.nCopies(10, sent.text("queue")));
        assertThat(driver.values("message", "id"))
                .containsExactly(sent.text("id").split(","))
                .doesNotHaveDuplicates();
        assertThat(driver.values("message", "tags"))
                .isEqualTo(numbers(10).stream().map(i -> "Tag" + i).toList());
        assertThat(driver.values("message", "keys"))
                .isEqualTo(numbers(10).stream().map(i -> "key-" + i).toList());
    }

    @Test
    void shouldStoreInTheQueueThatWasAskedFor(ServerUnderTest server) {
        // when
        DriverProcess driver =
                DriverProcess.play(server, "send-to-queue", "topic=to-queue", "queue=2");

        // then
        List<Report> asked =
                driver.reports("message").stream()
                        .filter(message -> !message.text("body").equals("first"))
                        .toList();
        assertThat(asked).allMatch(message -> message.text("queue").equals("2"));
        assertThat(asked.stream().map(message -> message.text("body"))).isEqualTo(numbers(20));
        assertStoredAsAcknowledged(driver);
    }

    @Test
    void shouldKeepTheOrderOfEachKeyThatASelectorSends(ServerUnderTest server) {
        // when
        DriverProcess driver =
                DriverProcess.play(server, "send-by-selector", "topic=selector", "count=40");

        // then
        assertStoredAsAcknowledged(driver);
        Map<String, List<Report>> byKey =
                driver.reports("message").stream()
                        .collect(Collectors.groupingBy(message -> message.text("keys")));
        assertThat(byKey).hasSize(7);
        byKey.forEach((key, messages) -> {
            assertThat(messages.stream().map(m -> m.text("queue")).distinct()).hasSize(1);
            assertThat(messages.stream().map(m -> m.number("body"))).isSorted();
        });
    }

    private static void assertStoredAsAcknowledged(DriverProcess driver) {
        assertThat(driver.values("sent", "status")).containsOnly("SEND_OK");
        assertThat(driver.values("message", "id"))
                .containsExactlyInAnyOrderElementsOf(driver.values("sent", "id"));
        Map<Place, String> stored = Place.bodies(driver.reports("message"));
        assertThat(stored).isEqualTo(Place.bodies(driver.reports("sent")));
        Place.assertDense(stored.keySet());
    }

    private static List<String> numbers(int count) {
        return IntStream.range(0, count).mapToObj(String::valueOf).toList();
    }
}
