package bolide.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.compatibility.driver.Report;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** One cluster of brokers of either make, with a name server of either make. */
@Tag("apache-stores")
final class MixedClusterTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String BOLIDE = "bolide";
    private static final String OLD = "broker-4-9";
    private static final int MESSAGES = 40;
    private static final int SUCCESS = 0;
    private static final int SEND = 310;
    private static final int TOPIC_STATUS = 202;
    private static final int ROUTE = 105;
    private static final int PUT_VALUE = 100;
    private static final int WIPE_WRITE = 205;

    @Test
    @Execution(ExecutionMode.CONCURRENT) // Apache's broker mostly sleeps while it starts
    void shouldBeABrokerAmongApachesUnderTheirNameServer() {
        try (ApacheServer apache = new ApacheServer(Flush.ASYNC);
                BolideServer bolide = new BolideServer(Flush.SYNC, BOLIDE, apache.nameserver())) {
            // given
            apache.start();
            bolide.start();
            awaitRoute(apache, BOLIDE);

            // then
            assertSpans(apache, bolide.port(), apache.port());
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void shouldHaveApachesBrokersOfAnyVersionUnderItsNameServer() {
        try (BolideServer bolide = new BolideServer(Flush.SYNC)) {
            bolide.start();
            try (ApacheServer old =
                            ApacheServer.joining(Peer.SERVER_4_9, OLD, bolide.nameserver());
                    ApacheServer apache =
                            ApacheServer.joining(
                                    Peer.SERVER, ApacheServer.BROKER, bolide.nameserver())) {
                // given
                CompletableFuture<Void> started = CompletableFuture.runAsync(old::start);
                apache.start();
                started.join();

                // then
                assertSpans(bolide, bolide.port(), old.port(), apache.port());
                assertWipes(bolide);

                // when
                apache.stop();

                // then: it has said farewell
                assertThat(route(bolide, ApacheServer.BROKER)).isNotEqualTo(SUCCESS);
                assertThat(route(bolide, OLD)).isEqualTo(SUCCESS);
            }
        }
    }

    /** A topic on brokers of both makes, sent to and consumed from as one. */
    private static void assertSpans(ServerUnderTest cluster, int ours, int... theirs) {
        // when: a topic comes into being on our broker, then it does on theirs
        assertThat(sendByHand(ours, "everywhere")).isEqualTo(SUCCESS);
        await(
                "the topic everywhere",
                () -> IntStream.of(theirs).allMatch(port -> status(port, "everywhere") == SUCCESS));

        // when
        DriverProcess sent =
                DriverProcess.play(cluster, "send-sync", "topic=span", "count=" + MESSAGES);

        // then
        assertThat(sent.values("sent", "status")).hasSize(MESSAGES).containsOnly("SEND_OK");
        assertThat(sent.values("sent", "broker")).contains(ApacheServer.BROKER);
        assertThat(Set.copyOf(sent.values("sent", "broker"))).hasSize(1 + theirs.length);
        assertThat(sent.values("message", "body"))
                .containsExactlyInAnyOrderElementsOf(sent.values("sent", "body"));
        assertThat(sent.values("route", "queues"))
                .containsOnly(Integer.toString(4 * (1 + theirs.length)));

        // when
        try (DriverProcess member =
                DriverProcess.start(cluster, "consume", "topic=span", "group=mixed")) {
            member.awaitStep("joined");
            member.await(MESSAGES + " messages", all -> messages(all) >= MESSAGES);
            member.goOn();
            member.finish();

            // then
            assertThat(member.values("message", "body"))
                    .containsExactlyInAnyOrderElementsOf(sent.values("sent", "body"));
        }
    }

    /** Nobody writes to a broker that is being emptied, be it Apache's. */
    private static void assertWipes(ServerUnderTest cluster) {
        int names = Probe.port(cluster.nameserver());
        assertThat(Probe.ask(names, WIPE_WRITE, Map.of("brokerName", ApacheServer.BROKER), ""))
                .isEqualTo(SUCCESS);
        assertThat(
                        Probe.ask(
                                names,
                                PUT_VALUE,
                                Map.of("namespace", "n", "key", "k", "value", "v"),
                                ""))
                .isEqualTo(SUCCESS);
        DriverProcess sent =
                DriverProcess.play(cluster, "send-sync", "topic=span", "count=8", "prefix=wiped-");
        assertThat(sent.values("sent", "broker")).hasSize(8).doesNotContain(ApacheServer.BROKER);
    }

    private static long messages(List<Report> all) {
        return all.stream().filter(report -> report.word().equals("message")).count();
    }

    /** One message to a topic that nobody knows; the code of the answer. */
    private static int sendByHand(int port, String topic) {
        return Probe.ask(
                port,
                SEND,
                Map.of(
                        "a",
                        "producers",
                        "b",
                        topic,
                        "c",
                        "TBW102",
                        "d",
                        "4",
                        "e",
                        "0",
                        "f",
                        "0",
                        "g",
                        "1700000000000",
                        "h",
                        "0"),
                "hello");
    }

    private static int status(int port, String topic) {
        return Probe.ask(port, TOPIC_STATUS, Map.of("topic", topic), "");
    }

    private static void awaitRoute(ServerUnderTest cluster, String topic) {
        await("a route to " + topic, () -> route(cluster, topic) == SUCCESS);
    }

    private static int route(ServerUnderTest cluster, String topic) {
        return Probe.ask(Probe.port(cluster.nameserver()), ROUTE, Map.of("topic", topic), "");
    }

    private static void await(String what, BooleanSupplier condition) {
        Deadline.await(what, PATIENCE, condition);
    }
}
