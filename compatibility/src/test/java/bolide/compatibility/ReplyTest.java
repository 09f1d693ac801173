package bolide.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.compatibility.driver.Report;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Producers that ask and wait, and consumers that reply. */
@ExtendWith(SharedServer.class)
final class ReplyTest {
    @Test
    void shouldHandAReplyToWhoWaitsForIt(ServerUnderTest server) {
        // when
        DriverProcess driver = DriverProcess.play(server, "request-reply", "topic=questions");

        // then
        assertThat(driver.values("reply", "body"))
                .containsExactly("re: first", "re: second", "re: third");
        assertThat(driver.values("reply", "topic")).containsOnly("DefaultCluster_REPLY_TOPIC");
        assertThat(driver.values("reply", "type")).containsOnly("reply");
        assertThat(driver.values("reply", "pushed")).containsOnly("true");
        assertThat(driver.values("sent", "status")).hasSize(3).containsOnly("SEND_OK");
        assertThat(driver.values("sent", "topic")).containsOnly("DefaultCluster_REPLY_TOPIC");
        Report refused = driver.report("refused", "what", "stray");
        assertThat(refused.text("code"))
                .as("which the client tries at other brokers")
                .isEqualTo("1");
    }
}
