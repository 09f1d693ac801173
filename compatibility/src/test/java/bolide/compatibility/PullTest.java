package bolide.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.compatibility.driver.Report;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Consumers that fetch by themselves, and questions about offsets and messages. */
@ExtendWith(SharedServer.class)
final class PullTest {
    @Test
    void shouldAnswerEachPullByWhatIsThere(ServerUnderTest server) {
        // when
        DriverProcess driver = DriverProcess.play(server, "pull", "topic=pull");

        // then
        assertPulled(driver, "middle", "FOUND", 7, "body-4 body-5 body-6");
        assertPulled(driver, "all", "FOUND", 10, bodies(0, 10));
        assertPulled(driver, "end", "NO_NEW_MSG", 10, "");
        assertPulled(driver, "beyond", "OFFSET_ILLEGAL", 10, "");
        assertPulled(driver, "tagged", "FOUND", 10, "body-3 body-5");
        assertPulled(driver, "nothing tagged", "NO_MATCHED_MSG", 10, "");
        assertPulled(driver, "awaited", "FOUND", 11, "late");
        assertThat(driver.values("committed", "offset")).containsExactly("0", "6");
        assertThat(driver.reports("waited").getFirst().number("millis")).isBetween(400L, 10_000L);
    }

    @Test
    void shouldTellWhereAQueueBeginsEndsAndWasAtATime(ServerUnderTest server) {
        // when
        DriverProcess driver = DriverProcess.play(server, "offsets", "topic=offsets");

        // then
        assertOffset(driver, "min", 0);
        assertOffset(driver, "max", 5);
        assertOffset(driver, "epoch", 0);
        assertOffset(driver, "before the first", 0);
        assertOffset(driver, "at the first", 0);
        assertOffset(driver, "before the third", 2);
        assertOffset(driver, "at the third", 2);
        assertOffset(driver, "after the third", 3);
        assertOffset(driver, "at the last", 4);
        assertOffset(driver, "after the last", 5);
        assertOffset(driver, "min of unused", 0);
        assertOffset(driver, "max of unused", 0);
        assertOffset(driver, "in unused", 0);
    }

    @Test
    void shouldShowAMessageByItsOffsetId(ServerUnderTest server) {
        // when
        DriverProcess driver = DriverProcess.play(server, "view-message", "topic=view");

        // then
        Report sent = driver.reports("sent").getLast();
        Report viewed = driver.reports("message").getFirst();
        assertThat(Place.of(viewed)).isEqualTo(Place.of(sent));
        assertThat(viewed.text("body")).isEqualTo(sent.text("body")).isEqualTo("body-2");
        assertThat(viewed.text("id")).isEqualTo(sent.text("id"));
        assertThat(viewed.text("tags")).isEqualTo("Tag2");
        assertThat(driver.values("refused", "what")).containsExactly("beyond");
    }

    private static void assertPulled(
            DriverProcess driver, String what, String status, long next, String bodies) {
        Report pulled = driver.report("pulled", "what", what);
        assertThat(pulled.text("status")).as(what).isEqualTo(status);
        assertThat(pulled.number("next")).as(what).isEqualTo(next);
        assertThat(pulled.text("bodies")).as(what).isEqualTo(bodies);
        assertThat(pulled.number("min")).as(what).isZero();
        assertThat(pulled.number("max")).as(what).isEqualTo(what.equals("awaited") ? 11 : 10);
    }

    private static void assertOffset(DriverProcess driver, String of, long offset) {
        assertThat(driver.report("offset", "of", of).number("offset")).as(of).isEqualTo(offset);
    }

    private static String bodies(int from, int to) {
        return String.join(" ", IntStream.range(from, to).mapToObj(i -> "body-" + i).toList());
    }
}
