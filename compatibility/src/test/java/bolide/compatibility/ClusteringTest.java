package bolide.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.compatibility.driver.Report;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A group whose members, each a process, come and go while messages keep coming. */
@ExtendWith(SharedServer.class)
final class ClusteringTest {
    private static final String TOPIC = "topic=clustering";
    private static final Set<String> QUEUES = Set.of("0", "1", "2", "3", "4", "5");

    /** Sooner than the members would look by themselves, so that the server must have told them. */
    private static final Duration TOLD = Duration.ofSeconds(15);

    @Test
    void shouldSpreadQueuesEvenlyAndLoseNothingWhileMembersJoinLeaveAndDie(ServerUnderTest server) {
        try (DriverProcess sender = send(server);
                DriverProcess first = member(server, "first")) {
            // given a stream of messages and one member
            awaitQueues(first, 6);
            awaitMoreMessages(first);

            try (DriverProcess second = member(server, "second");
                    DriverProcess third = member(server, "third")) {
                // when two more join, then
                awaitQueues(first, 2);
                awaitQueues(second, 2);
                awaitQueues(third, 2);
                assertThat(together(first, second, third)).isEqualTo(QUEUES);
                awaitMoreMessages(third);

                // when one leaves, then
                third.goOn();
                awaitQueues(first, 3);
                awaitQueues(second, 3);
                assertThat(together(first, second)).isEqualTo(QUEUES);
                third.finish();
                awaitMoreMessages(second);

                // when one dies, then
                second.kill();
                awaitQueues(first, 6);

                // when the stream ends, then nothing of it is missing
                sender.goOn();
                sender.finish();
                List<String> sent = sender.values("sent", "body");
                assertThat(sender.reports("refused")).isEmpty();
                Set<String> byTheOthers =
                        Stream.of(second, third)
                                .flatMap(member -> member.values("message", "body").stream())
                                .collect(Collectors.toSet());
                first.await(
                        "the rest of " + sent.size() + " messages",
                        all -> {
                            Set<String> delivered = new TreeSet<>(byTheOthers);
                            all.stream()
                                    .filter(report -> report.word().equals("message"))
                                    .forEach(report -> delivered.add(report.text("body")));
                            return delivered.containsAll(sent);
                        });
            }
        }
    }

    private static DriverProcess send(ServerUnderTest server) {
        DriverProcess sender =
                DriverProcess.start(
                        server, "send-until-told", TOPIC, "queues=" + QUEUES.size(), "rate=100");
        sender.awaitStep("sending");
        return sender;
    }

    private static DriverProcess member(ServerUnderTest server, String name) {
        DriverProcess member =
                DriverProcess.start(server, "consume", TOPIC, "group=clustering", "member=" + name);
        member.awaitStep("joined");
        return member;
    }

    private static void awaitQueues(DriverProcess member, int count) {
        member.await(count + " queues", TOLD, all -> queues(all).size() == count);
    }

    private static void awaitMoreMessages(DriverProcess member) {
        int now = member.reports("message").size();
        member.await(
                "more messages",
                all -> all.stream().filter(r -> r.word().equals("message")).count() > now + 20);
    }

    private static Set<String> together(DriverProcess... members) {
        return Arrays.stream(members)
                .flatMap(member -> queues(member.reports("queues")).stream())
                .collect(Collectors.toSet());
    }

    /** The queues that a member has by the last that it said of them. */
    private static Set<String> queues(List<Report> reports) {
        return reports.stream()
                .filter(report -> report.word().equals("queues"))
                .reduce((earlier, later) -> later)
                .map(report -> report.text("queues"))
                .filter(queues -> !queues.isEmpty())
                .map(queues -> Set.of(queues.split(" ")))
                .orElse(Set.of());
    }
}
