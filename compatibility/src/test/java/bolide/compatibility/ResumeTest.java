package bolide.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.compatibility.driver.Report;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Consumers go on where they were, after a restart of theirs and of the server's. */
final class ResumeTest {
    private ServerUnderTest server;

    @BeforeEach
    void start() {
        server = ServerUnderTest.start(Flush.SYNC);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void shouldResumeAtTheCommittedOffsetAfterARestartOfTheClient() {
        // given
        List<String> early = send("client-restart", "early-");
        assertThat(consume("client-restart", early.size())).hasSameElementsAs(early);

        // when
        List<String> late = send("client-restart", "late-");

        // then
        assertThat(consume("client-restart", late.size()))
                .containsExactlyInAnyOrderElementsOf(late);
    }

    @Test
    void shouldResumeAtTheCommittedOffsetAfterARestartOfTheServer() {
        // given
        List<String> early = send("server-restart", "early-");
        assertThat(consume("server-restart", early.size())).hasSameElementsAs(early);
        List<String> waiting = send("server-restart", "waiting-");

        // when
        server.stop();
        server.start();

        // then
        List<String> rest = new ArrayList<>(waiting);
        rest.addAll(send("server-restart", "late-"));
        assertThat(consume("server-restart", rest.size()))
                .containsExactlyInAnyOrderElementsOf(rest);
    }

    @Test
    void shouldGoOnWithTheSameClientsAfterARestartOfTheServer() {
        try (DriverProcess sender = stream("meanwhile");
                DriverProcess member = member("meanwhile")) {
            // given
            awaitSends(sender, 50);

            // when
            server.stop();
            server.start();

            // then
            awaitSends(sender, 50);
            sender.goOn();
            sender.finish();
            List<String> sent = sender.values("sent", "body");
            member.await(
                    "all " + sent.size() + " messages",
                    all ->
                            all.stream()
                                    .filter(report -> report.word().equals("message"))
                                    .map(report -> report.text("body"))
                                    .toList()
                                    .containsAll(sent));
        }
    }

    private List<String> send(String topic, String prefix) {
        DriverProcess driver =
                DriverProcess.play(server, "send-sync", "topic=" + topic, "prefix=" + prefix);
        return driver.values("sent", "body");
    }

    /** What a member of the topic's group gets until it leaves: at least that many. */
    private List<String> consume(String topic, int count) {
        try (DriverProcess member = member(topic)) {
            member.await(count + " messages", all -> messages(all) >= count);
            member.goOn();
            member.finish();
            return member.values("message", "body");
        }
    }

    private DriverProcess stream(String topic) {
        DriverProcess sender =
                DriverProcess.start(
                        server, "send-until-told", "topic=" + topic, "queues=4", "rate=50");
        sender.awaitStep("sending");
        return sender;
    }

    private DriverProcess member(String topic) {
        DriverProcess member =
                DriverProcess.start(server, "consume", "topic=" + topic, "group=" + topic);
        member.awaitStep("joined");
        return member;
    }

    private static void awaitSends(DriverProcess sender, int count) {
        int now = sender.reports("sent").size();
        sender.await(
                count + " more sends",
                all -> all.stream().filter(r -> r.word().equals("sent")).count() >= now + count);
    }

    private static long messages(List<Report> all) {
        return all.stream().filter(report -> report.word().equals("message")).count();
    }
}
