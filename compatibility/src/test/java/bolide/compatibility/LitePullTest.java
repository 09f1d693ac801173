package bolide.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The lite pull consumer, with queues of its own choice and with queues shared out. */
@ExtendWith(SharedServer.class)
final class LitePullTest {
    @Test
    void shouldLetALitePullConsumerSeekAndCommit(ServerUnderTest server) {
        // when
        DriverProcess driver = DriverProcess.play(server, "lite-pull-assigned", "topic=assigned");

        // then
        List<String> wanted =
                IntStream.range(0, 13).mapToObj(i -> i < 10 ? "0-" + i : "1-" + (i - 3)).toList();
        assertThat(driver.reports("message", "member", "assigned"))
                .extracting(message -> message.text("body"))
                .containsExactlyInAnyOrderElementsOf(wanted);
        assertThat(driver.values("committed", "offset")).containsExactly("10", "10");
        assertThat(driver.reports("message", "member", "again"))
                .extracting(message -> message.text("body"))
                .containsExactlyElementsOf(IntStream.range(2, 10).mapToObj(i -> "1-" + i).toList());
    }

    @Test
    void shouldResumeALitePullGroupWhereItsLastMemberCommitted(ServerUnderTest server) {
        // when
        DriverProcess driver =
                DriverProcess.play(server, "lite-pull-subscribed", "topic=subscribed");

        // then
        assertThat(driver.reports("message", "member", "first"))
                .hasSize(20)
                .extracting(message -> message.text("body"))
                .doesNotHaveDuplicates();
        assertThat(driver.reports("message", "member", "second"))
                .extracting(message -> message.text("body"))
                .containsExactlyInAnyOrder("late-0", "late-1");
    }

    @Test
    void shouldFindOffsetsByTimeSeekThereAndPause(ServerUnderTest server) {
        // when
        DriverProcess driver = DriverProcess.play(server, "lite-pull-searched", "topic=searched");

        // then
        assertThat(driver.values("found", "offset")).containsExactly("0", "1", "2", "3", "4", "5");
        assertThat(bodies(driver, "first")).containsExactlyElementsOf(timed(0));
        assertThat(bodies(driver, "from the third")).containsExactlyElementsOf(timed(2));
        assertThat(bodies(driver, "end")).containsExactly("at the end");
        assertThat(bodies(driver, "paused")).doesNotContain("while paused");
        assertThat(bodies(driver, "resumed")).endsWith("while paused");
    }

    @Test
    void shouldShareQueuesAmongTheMembersOfALitePullGroup(ServerUnderTest server) {
        // when
        DriverProcess driver = DriverProcess.play(server, "lite-pull-shared", "topic=shared");

        // then
        assertThat(driver.values("share", "queue")).containsExactlyInAnyOrder("0", "1");
        for (String member : List.of("one", "two")) {
            String queue = driver.report("share", "of", member).text("queue");
            List<String> ofItsQueue =
                    IntStream.range(0, 10).mapToObj(i -> queue + "-" + i).toList();
            assertThat(bodies(driver, member)).containsAll(ofItsQueue);
        }
        assertThat(bodies(driver, "left")).contains("late-0", "late-1");
    }

    @Test
    void shouldTellALitePullConsumerOfNewQueues(ServerUnderTest server) {
        // when
        DriverProcess driver = DriverProcess.play(server, "lite-pull-notified", "topic=growing");

        // then
        assertThat(driver.values("changed", "topic")).containsOnly("growing");
        assertThat(driver.values("changed", "queues")).endsWith("4");
        assertThat(driver.values("fetched", "queues")).containsExactly("4");
    }

    private static List<String> timed(int from) {
        return IntStream.range(from, 5).mapToObj(i -> "timed-" + i).toList();
    }

    private static List<String> bodies(DriverProcess driver, String member) {
        return driver.reports("message", "member", member).stream()
                .map(message -> message.text("body"))
                .toList();
    }
}
