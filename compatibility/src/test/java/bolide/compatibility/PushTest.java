package bolide.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.compatibility.driver.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The push consumer in one process. */
@ExtendWith(SharedServer.class)
final class PushTest {
    @Test
    void shouldDeliverEachMessageOnce(ServerUnderTest server) {
        // when
        DriverProcess driver = DriverProcess.play(server, "push-concurrently", "topic=push");

        // then
        assertThat(driver.values("message", "body"))
                .containsExactlyInAnyOrderElementsOf(driver.values("sent", "body"));
        assertThat(Place.bodies(driver.reports("message")))
                .isEqualTo(Place.bodies(driver.reports("sent")));
    }

    @Test
    void shouldKeepTheOrderOfEachQueueAlthoughSomeMessagesAreRefusedAtFirst(
            ServerUnderTest server) {
        // when
        DriverProcess driver = DriverProcess.play(server, "push-orderly", "topic=orderly");

        // then
        assertThat(driver.reports("suspended")).hasSize(4);
        List<Report> messages = driver.reports("message");
        assertThat(messages).hasSize(100);
        Map<String, List<Long>> byQueue =
                messages.stream()
                        .collect(
                                Collectors.groupingBy(
                                        message -> message.text("queue"),
                                        Collectors.mapping(
                                                message -> message.number("offset"),
                                                Collectors.toList())));
        List<Long> inOrder = IntStream.range(0, 25).mapToObj(Long::valueOf).toList();
        assertThat(byQueue)
                .isEqualTo(Map.of("0", inOrder, "1", inOrder, "2", inOrder, "3", inOrder));
        assertThat(Place.bodies(messages)).isEqualTo(Place.bodies(driver.reports("sent")));
    }

    @Test
    void shouldGiveABroadcastToEachMember(ServerUnderTest server) {
        // when
        DriverProcess driver = DriverProcess.play(server, "push-broadcasting", "topic=broadcast");

        // then
        List<String> sent = driver.values("sent", "body");
        assertThat(sent).hasSize(20);
        assertThat(bodies(driver, "one")).containsExactlyInAnyOrderElementsOf(sent);
        assertThat(bodies(driver, "two")).containsExactlyInAnyOrderElementsOf(sent);
    }

    @Test
    void shouldDeliverOnlyTheTagsThatWereSubscribed(ServerUnderTest server) {
        // given two tags that the server, which compares hash codes, cannot tell apart
        assertThat("Aa".hashCode()).isEqualTo("BB".hashCode());

        // when
        DriverProcess driver = DriverProcess.play(server, "push-tags", "topic=tags");

        // then
        assertThat(bodies(driver, "either"))
                .containsExactlyInAnyOrderElementsOf(tagged("TagA", "TagB"));
        assertThat(bodies(driver, "collision")).containsExactlyInAnyOrderElementsOf(tagged("Aa"));
        assertThat(bodies(driver, "all"))
                .containsExactlyInAnyOrderElementsOf(
                        tagged("TagA", "TagB", "TagC", "Aa", "BB", ""));
    }

    @Test
    void shouldGiveANewGroupAllOfAYoungTopicWhereverItMeansToStart(ServerUnderTest server) {
        // when
        DriverProcess driver =
                DriverProcess.play(
                        server, "push-start-positions", "topic=young", "model=CLUSTERING");

        // then the queues still begin at offset 0, and that is where new groups start
        List<String> all = driver.values("sent", "body");
        for (String start : List.of("FIRST_OFFSET", "LAST_OFFSET", "TIMESTAMP")) {
            assertThat(bodies(driver, "CONSUME_FROM_" + start))
                    .as(start)
                    .containsExactlyInAnyOrderElementsOf(all);
        }
    }

    @Test
    void shouldStartABroadcastWhereItsMemberMeansTo(ServerUnderTest server) {
        // when
        DriverProcess driver =
                DriverProcess.play(
                        server, "push-start-positions", "topic=starts", "model=BROADCASTING");

        // then
        assertThat(bodies(driver, "CONSUME_FROM_FIRST_OFFSET"))
                .containsExactlyInAnyOrderElementsOf(driver.values("sent", "body"));
        assertThat(bodies(driver, "CONSUME_FROM_TIMESTAMP"))
                .containsExactlyInAnyOrderElementsOf(numbered("middle-", "new-"));
        assertThat(bodies(driver, "CONSUME_FROM_LAST_OFFSET"))
                .containsExactlyInAnyOrderElementsOf(numbered("new-"));
    }

    @Test
    void shouldServeASubscriptionThatIsOlderThanItsTopic(ServerUnderTest server) {
        // when
        DriverProcess driver = DriverProcess.play(server, "push-before-topic", "topic=later");

        // then
        assertThat(driver.values("message", "body"))
                .containsExactlyInAnyOrderElementsOf(driver.values("sent", "body"));
    }

    @Test
    void shouldShareATopicBetweenTwoInstancesOfOneProcess(ServerUnderTest server) {
        // when
        DriverProcess driver = DriverProcess.play(server, "push-two-instances", "topic=pair");

        // then
        assertThat(driver.values("message", "body"))
                .containsExactlyInAnyOrderElementsOf(driver.values("sent", "body"));
        assertThat(queues(driver, "one"))
                .hasSize(2)
                .doesNotContainAnyElementsOf(queues(driver, "two"));
        assertThat(queues(driver, "two")).hasSize(2);
    }

    private static List<String> queues(DriverProcess driver, String member) {
        return driver.reports("message", "member", member).stream()
                .map(message -> message.text("queue"))
                .distinct()
                .toList();
    }

    private static List<String> bodies(DriverProcess driver, String member) {
        return driver.reports("message", "member", member).stream()
                .map(message -> message.text("body"))
                .toList();
    }

    private static List<String> tagged(String... tags) {
        List<String> bodies = new ArrayList<>();
        for (String tag : tags) {
            IntStream.range(0, 4).forEach(i -> bodies.add("tag " + tag + " " + i));
        }
        return bodies;
    }

    private static List<String> numbered(String... prefixes) {
        return Stream.of(prefixes)
                .flatMap(prefix -> IntStream.range(0, 8).mapToObj(i -> prefix + i))
                .toList();
    }
}
