package bolide.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A storm of restarts: the members of a group start again and again while messages flow. {@code
 * -Dcompatibility.restarts=N}: how often in all.
 */
@ExtendWith(SharedServer.class)
final class RestartTest {
    private static final int RESTARTS = Integer.getInteger("compatibility.restarts", 10);
    private static final Duration PATIENCE = Duration.ofSeconds(60 + 3L * RESTARTS);

    @Test
    void shouldLoseNothingAndSettleWhileTheMembersOfAGroupRestart(ServerUnderTest server) {
        // when
        try (DriverProcess driver =
                DriverProcess.start(
                        server, "restart-storm", "topic=storm", "restarts=" + RESTARTS)) {
            driver.finish(PATIENCE);

            // then
            assertThat(driver.reports("restarted")).hasSize(RESTARTS);
            assertThat(driver.values("message", "body")).containsAll(driver.values("sent", "body"));
            assertThat(queues(driver))
                    .containsExactlyInAnyOrder("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
        }
    }

    /** What those who stayed have in the end. */
    private static List<String> queues(DriverProcess driver) {
        return Arrays.asList(0, 1, 2, 3, 4).stream()
                .map(i -> driver.reports("queues", "member", "staying-" + i).getLast())
                .flatMap(report -> Arrays.stream(report.text("queues").split(" ")))
                .toList();
    }
}
