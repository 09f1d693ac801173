package bolide.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Several producers and consumers in one process. */
@ExtendWith(SharedServer.class)
final class InstanceTest {
    @Test
    void shouldServeSeveralGroupsOfOneInstanceAndGoOnWhenSomeLeave(ServerUnderTest server) {
        // when
        DriverProcess driver = DriverProcess.play(server, "one-instance", "topic=instance");

        // then
        assertThat(bodies(driver, "leaving"))
                .containsExactlyInAnyOrderElementsOf(sent(driver, "early-one-"));
        assertThat(bodies(driver, "staying"))
                .containsExactlyInAnyOrderElementsOf(sent(driver, "early-two-", "late-two-"));
        assertThat(bodies(driver, "polling"))
                .containsExactlyInAnyOrderElementsOf(sent(driver, "early-one-", "late-one-"));
        assertThat(driver.reports("message").stream().map(m -> m.text("bornHost")).distinct())
                .as("connections that messages came by")
                .hasSize(1);
    }

    private static List<String> sent(DriverProcess driver, String... prefixes) {
        return driver.values("sent", "body").stream()
                .filter(body -> Stream.of(prefixes).anyMatch(body::startsWith))
                .toList();
    }

    private static List<String> bodies(DriverProcess driver, String member) {
        return driver.reports("message", "member", member).stream()
                .map(message -> message.text("body"))
                .toList();
    }
}
