package bolide.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.compatibility.driver.Report;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How topics come to be, and which must not. */
@ExtendWith(SharedServer.class)
final class TopicTest {
    @Test
    void shouldMakeAnUnknownTopicOfFourQueuesOnItsFirstMessage(ServerUnderTest server) {
        // when
        DriverProcess driver = DriverProcess.play(server, "send-sync", "topic=unknown", "count=8");

        // then
        assertThat(driver.values("sent", "status")).containsOnly("SEND_OK");
        assertThat(driver.values("sent", "queue"))
                .containsExactlyInAnyOrder("0", "1", "2", "3", "0", "1", "2", "3");
        assertThat(driver.values("route", "queues")).containsOnly("4");
    }

    @Test
    void shouldMakeATopicOfAsManyQueuesAsAskedFor(ServerUnderTest server) {
        // when
        DriverProcess driver =
                DriverProcess.play(server, "create-topic", "topic=created", "queues=3");

        // then
        assertThat(driver.values("sent", "queue")).containsExactlyInAnyOrder("0", "1", "2");
        assertThat(Place.bodies(driver.reports("message")))
                .isEqualTo(Place.bodies(driver.reports("sent")));
    }

    @Test
    void shouldRefuseIllegalTopicNamesAndGoOn(ServerUnderTest server) {
        // when
        DriverProcess driver = DriverProcess.play(server, "illegal-topics", "topic=legal");

        // then
        assertThat(driver.values("sent", "body")).containsExactly("good", "again");
        assertThat(driver.reports("accepted")).isEmpty();
        assertRefused(driver, "send with space", 29, "with space");
        assertRefused(driver, "create with space", 29, "with space");
        assertRefused(driver, "send dot.dot", 29, "dot.dot");
        assertRefused(driver, "create dot.dot", 29, "dot.dot");
        assertRefused(driver, "send " + "t".repeat(128), 29, "127");
        assertRefused(driver, "create " + "t".repeat(128), 29, "127");
        assertRefused(driver, "send SCHEDULE_TOPIC_XXXX", 16, "SCHEDULE_TOPIC_XXXX");
        assertRefused(driver, "create SCHEDULE_TOPIC_XXXX", 29, "SCHEDULE_TOPIC_XXXX");
    }

    private static void assertRefused(DriverProcess driver, String what, int code, String reason) {
        Report refused = driver.report("refused", "what", what);
        assertThat(refused.number("code")).as(what).isEqualTo(code);
        assertThat(refused.text("remark")).as(what).contains(reason);
    }
}
