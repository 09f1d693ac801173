package bolide.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.compatibility.driver.Report;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bolide goes on with the store of an Apache broker, and clients see what they saw there. */
@Tag("apache-stores")
final class TakeOverTest {
    private static final int SEGMENT_BYTES = 256 * 1024;
    private static final String TOPICS = "topics=idle,plain,batch";
    private static final int IDLE_END = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @ParameterizedTest
    @EnumSource(
            value = Peer.class,
            names = {"SERVER_4_9", "SERVER"})
    @Execution(ExecutionMode.CONCURRENT)
    void shouldGoOnWithTheStoreOfAStoppedBroker(Peer version) throws IOException {
        try (ApacheServer apache = new ApacheServer(version, Flush.ASYNC, SEGMENT_BYTES)) {
            // given: a broker with something of everything, whose oldest segment has expired
            apache.start();
            boolean timers = version != Peer.SERVER_4_9;
            DriverProcess there =
                    DriverProcess.play(
                            apache, "fill-store", TOPICS, "parked=true", "timers=" + timers);
            apache.stop();
            String data = apache.data().toString();
            Files.delete(segments(apache.data()).getFirst());

            // when
            BolideServer.run(0, "store", "verify", data);
            List<String> refused = BolideServer.run(1, "store", "takeover", data);
            List<String> taken = BolideServer.run(0, "store", "takeover", "--leave-parked", data);
            BolideServer.run(0, "store", "verify", data);

            // then
            assertThat(refused)
                    .contains("parked    3 delayed messages", "parked    2 half messages");
            assertThat(refused.contains("parked    2 timed messages")).isEqualTo(timers);
            assertThat(taken).anyMatch(line -> line.contains("2 queues known by their end only"));
            try (BolideServer bolide = new BolideServer(Flush.SYNC, apache.data())) {
                bolide.start();
                DriverProcess here = DriverProcess.play(bolide, "show-store", TOPICS);
                assertThat(fields(here, "ends", "max", "committed"))
                        .isEqualTo(fields(there, "ends", "max", "committed"));
                assertIdleAtItsEnd(here);
                assertSameButTheOldest(here, there);
                assertGoesOnAtTheEnd(bolide);
                assertThat(segments(apache.data()))
                        .allSatisfy(segment -> assertThat(segment).hasSize(SEGMENT_BYTES));
            }
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT) // Apache's broker mostly sleeps while it starts and stops
    void shouldGoOnWithTheStoreOfAKilledBroker() {
        try (ApacheServer apache = new ApacheServer(Peer.SERVER_5_3, Flush.ASYNC, SEGMENT_BYTES)) {
            // given
            apache.start();
            DriverProcess there = DriverProcess.play(apache, "fill-store", TOPICS);
            awaitCommitted(apache.data());
            String data = apache.data().toString();
            BolideServer.run(1, "store", "verify", data); // while it runs its lock is respected
            BolideServer.run(1, "store", "takeover", data);
            apache.kill();

            // when
            BolideServer.run(0, "store", "verify", data);
            BolideServer.run(0, "store", "takeover", data);

            // then
            try (BolideServer bolide = new BolideServer(Flush.SYNC, apache.data())) {
                bolide.start();
                DriverProcess here = DriverProcess.play(bolide, "show-store", TOPICS);
                assertThat(fields(here, "ends", "min", "max", "committed"))
                        .isEqualTo(fields(there, "ends", "min", "max", "committed"));
                assertThat(messages(here)).isEqualTo(messages(there));
                assertRestIsConsumed(bolide, there);
            }
        }
    }

    /** Offsets are written to their file every five seconds. */
    private static void awaitCommitted(Path data) {
        Path file = data.resolve("config/consumerOffset.json");
        Deadline.await(
                "the offsets' file",
                PATIENCE,
                () -> {
                    try {
                        return Files.exists(file)
                                && Files.readString(file).contains("plain@readers")
                                && Files.readString(file).contains("3:4");
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    private static void assertIdleAtItsEnd(DriverProcess here) {
        assertThat(here.reports("ends", "topic", "idle"))
                .hasSize(2)
                .allSatisfy(ends -> {
                    assertThat(ends.number("max")).isEqualTo(IDLE_END);
                    assertThat(ends.number("min")).isEqualTo(IDLE_END);
                });
        assertThat(here.reports("message", "topic", "idle")).isEmpty();
    }

    private static void assertSameButTheOldest(DriverProcess here, DriverProcess there) {
        Map<String, String> before = messages(there);
        Map<String, String> now = messages(here);
        assertThat(before).containsAllEntriesOf(now);
        for (Report ends : here.reports("ends")) {
            String queue = ends.text("topic") + "@" + ends.text("queue") + " ";
            assertThat(now.keySet().stream().filter(place -> place.startsWith(queue)))
                    .as("messages of %s", queue)
                    .hasSize((int) (ends.number("max") - ends.number("min")));
        }
    }

    private static void assertGoesOnAtTheEnd(BolideServer bolide) {
        DriverProcess sent =
                DriverProcess.play(bolide, "send-sync", "topic=idle", "count=4", "prefix=new-");
        assertThat(sent.reports("sent"))
                .extracting(report -> report.number("offset"))
                .containsExactlyInAnyOrder(3L, 3L, 4L, 4L);
    }

    /** The group that committed there gets here what it has not seen. */
    private static void assertRestIsConsumed(BolideServer bolide, DriverProcess there) {
        long rest =
                there.reports("ends", "topic", "plain").stream()
                        .mapToLong(ends -> ends.number("max") - ends.number("committed"))
                        .sum();
        try (DriverProcess member =
                DriverProcess.start(bolide, "consume", "topic=plain", "group=readers")) {
            member.awaitStep("joined");
            member.await(
                    rest + " messages",
                    all -> all.stream().filter(r -> r.word().equals("message")).count() >= rest);
            member.goOn();
            member.finish();
            assertThat(member.reports("message")).hasSize((int) rest);
        }
    }

    /** Of each report of that word: the queue, and those fields. */
    private static Map<String, String> fields(DriverProcess driver, String word, String... names) {
        Map<String, String> fields = new TreeMap<>();
        for (Report report : driver.reports(word)) {
            fields.put(
                    report.text("topic") + "@" + report.text("queue"),
                    Stream.of(names)
                            .map(name -> name + "=" + report.text(name))
                            .collect(Collectors.joining(" ")));
        }
        return fields;
    }

    /** What was read, by place. */
    private static Map<String, String> messages(DriverProcess driver) {
        Map<String, String> messages = new TreeMap<>();
        for (Report report : driver.reports("message")) {
            messages.put(
                    "%s@%s %s"
                            .formatted(
                                    report.text("topic"),
                                    report.text("queue"),
                                    report.text("offset")),
                    String.join(
                            " ",
                            report.text("id"),
                            report.text("tags"),
                            report.text("keys"),
                            report.text("body")));
        }
        return messages;
    }

    private static List<Path> segments(Path data) throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("commitlog"))) {
            return files.sorted().toList();
        }
    }
}
