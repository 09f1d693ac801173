package bolide.app;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.app.takeover.ApacheDirectory;
import bolide.cli.ExitCode;
import bolide.client.BolideClient;
import bolide.client.producer.Message;
import bolide.client.producer.Producer;
import bolide.store.Store;
import bolide.store.StoreConfig;
import bolide.store.commitlog.FlushPolicy;
import bolide.store.file.DirectoryVolume;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `bolide store` on directories made by hand; those that Apache's brokers made are in the module
/// compatibility.
@Timeout(60)
final class StoreCommandTest {
    private static final int TORN_BYTES = 10;
    private static final int SENT_BEFORE_KILL = 500;

    @TempDir private Path temporary;

    private StringWriter out;
    private StringWriter err;
    private Path root;

    @BeforeEach
    void begin() {
        root = temporary.resolve("store");
    }

    @Test
    void shouldFindNothingWrongWithAWholeStore() {
        // given
        ApacheDirectory store = ApacheDirectory.usual(root);
        Map<String, Integer> before = store.content();

        // when
        int exitCode = run("store", "verify", root.toString());

        // then
        assertThat(exitCode).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .contains("not taken over", "88 records, positions 0 to ", "nothing is damaged");
        assertThat(store.content()).isEqualTo(before);
    }

    @Test
    void shouldNameFilePositionAndRecordOfDamage() {
        // given
        ApacheDirectory store = ApacheDirectory.usual(root);
        flip(store.segments().getFirst(), 300);
        Map<String, Integer> before = store.content();

        // when
        int exitCode = run("store", "verify", root.toString());

        // then
        assertThat(exitCode).isEqualTo(ExitCode.FAILED);
        assertThat(out.toString())
                .containsPattern(
                        "damage    commitlog/0{20} at position \\d+, record 1: record checksum does"
                                + " not match; \\d+ bytes are passed over")
                .contains("87 records", "damaged   1 place\n");
        assertThat(store.content()).isEqualTo(before);
        assertThat(run("store", "verify", "--json", root.toString())).isEqualTo(ExitCode.FAILED);
        assertThat(out.toString()).contains("\"damaged\":1", "\"record\":1", "\"records\":87");
    }

    @Test
    void shouldTakeHalfARecordAtTheEndForWhatItIs() {
        // given
        ApacheDirectory store = taken();
        tear(store);
        Map<String, Integer> before = store.content();

        // when
        int verified = run("store", "verify", root.toString());
        String told = out.toString();
        int planned = run("store", "repair", "--dry-run", root.toString());

        // then
        assertThat(verified).as(told).isEqualTo(ExitCode.OK);
        assertThat(told).contains("torn      commitlog/", "10 bytes behind the last whole record");
        assertThat(planned).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("would cut 10 bytes off commitlog/", "torn/");
        assertThat(store.content()).isEqualTo(before);

        // when
        int repaired = run("store", "repair", root.toString());

        // then
        assertThat(repaired).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .contains("torn  ", "repair    cut 10 bytes", "nothing is damaged");
        assertThat(store.root().resolve("torn")).isNotEmptyDirectory();
        assertThat(run("store", "repair", root.toString())).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("there is nothing to do");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sync", "async"})
    void shouldFindNoDamageAfterAKill(String flush) {
        // given
        try (ServerProcess server =
                        new ServerProcess(
                                temporary.resolve("errors"),
                                "--port",
                                "0",
                                "--flush",
                                flush,
                                "--data",
                                root.toString());
                BolideClient client = BolideClient.connect(server.address().orElseThrow())) {
            Producer producer = client.producer("producers");
            Message message = Message.of("orders", new byte[1000]).withKeys("key");
            for (int i = 0; i < SENT_BEFORE_KILL; i++) {
                producer.sendAsync(message);
            }
            producer.send(message);

            // when
            server.kill();
            server.exitCode();
        }
        int exitCode = run("store", "verify", root.toString());

        // then
        assertThat(exitCode).as(out.toString()).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("nothing is damaged").doesNotContain(" 0 records");
    }

    @Test
    void shouldLeaveDamageAlone() {
        // given
        ApacheDirectory store = taken();
        flip(store.segments().getFirst(), 300);
        Map<String, Integer> before = store.content();

        // when
        int exitCode = run("store", "repair", root.toString());

        // then
        assertThat(exitCode).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString())
                .contains("nothing was changed", "passes over records that do not match")
                .contains("made after the last message was written there");
        assertThat(store.content()).isEqualTo(before);

        // when
        run("store", "verify", root.toString());

        // then
        assertThat(out.toString())
                .contains("advice    a server passes over")
                .containsPattern("can only come from a copy of commitlog/0{20}, made");
    }

    @Test
    void shouldMakeAnewWhatFollowsFromTheLog() throws IOException {
        // given
        taken();
        Path index = only("index");
        flip(index, (int) Files.size(index) / 2);
        Path snapshot = only("snapshot");
        flip(snapshot, 100);

        // when
        int verified = run("store", "verify", root.toString());
        String told = out.toString();
        int repaired = run("store", "repair", root.toString());

        // then
        assertThat(verified).isEqualTo(ExitCode.FAILED);
        assertThat(told)
                .contains("damage    index/", "a checksum does not match", "damage    snapshot/")
                .contains("advice    nothing is lost: './bolide store repair " + root)
                .doesNotContain("a copy of");
        assertThat(repaired).as(err.toString()).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .contains("repair    delete index/", "repair    delete snapshot/")
                .endsWith("nothing is damaged\n");
        run("store", "dump", root.toString());
        assertThat(out.toString()).contains("offset readers@orders@1 55");
    }

    @Test
    void shouldFindEveryDamagedByteOfIndexAndSnapshot() throws IOException {
        // given
        taken();
        for (Path file : new Path[] {only("index"), only("snapshot")}) {
            byte[] bytes = Files.readAllBytes(file);
            for (int at = 0; at < bytes.length; at += 97) {
                flip(file, at);

                // when
                int exitCode = run("store", "verify", "--json", root.toString());

                // then
                flip(file, at);
                boolean blind = exitCode == ExitCode.OK;
                assertThat(blind && bytes[at] != 0).as("%s at %s", file, at).isFalse();
            }
        }
    }

    @Test
    void shouldRefuseADirectoryInUse() {
        // given
        ApacheDirectory.usual(root);
        try (var claim = new DirectoryVolume(root).claim()) {
            assertThat(claim).isNotNull();
            for (String command : new String[] {"verify", "dump", "repair", "takeover"}) {
                // when
                int exitCode = run("store", command, root.toString());

                // then
                assertThat(exitCode).as(command).isEqualTo(ExitCode.FAILED);
                assertThat(err.toString())
                        .as(command)
                        .contains("is in use by process", "stop it first");
            }
        }
    }

    @Test
    void shouldTakeOverTopicsGroupsAndOffsets() {
        // given
        ApacheDirectory store = ApacheDirectory.usual(root);
        Map<String, Integer> before = store.content();

        // when
        int exitCode = run("store", "takeover", root.toString());

        // then
        assertThat(exitCode).as(err.toString()).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .contains("2 topics, 1 groups, 3 offsets, 0 queues known by their end only")
                .contains("1 offsets are of topics that do not exist any more: left out");
        assertThat(run("store", "dump", root.toString())).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .contains("topic orders {\"attributes\":{\"+message.type\":\"NORMAL\"}")
                .contains("topic payments", "\"retryMaxTimes\":7")
                .contains("offset readers@orders@0 2", "offset readers@orders@1 55")
                .contains("offset readers@payments@0 5")
                .doesNotContain("gone", "TBW102", "SCHEDULE_TOPIC_XXXX");
        Map<String, Integer> after = store.content();
        before.forEach((name, hash) -> {
            if (!name.startsWith("commitlog/")) {
                assertThat(after).containsEntry("apache/" + name, hash);
            }
        });
        assertThat(run("store", "verify", root.toString())).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("taken over from Apache's broker");
    }

    @Test
    void shouldKeepTheSegmentsLength() {
        // given
        taken();

        // when
        try (Store store = new Store(new DirectoryVolume(root), settings())) {
            // then
            assertThat(store.recovered().torn()).isEmpty();
        }
        assertThat(new ApacheDirectory(root).segments())
                .allSatisfy(segment -> assertThat(segment).hasSize(ApacheDirectory.SEGMENT_BYTES));
    }

    @Test
    void shouldDoNothingTheSecondTime() {
        // given
        ApacheDirectory store = taken();
        Map<String, Integer> before = store.content();

        // when
        int exitCode = run("store", "takeover", root.toString());

        // then
        assertThat(exitCode).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("was taken over before");
        assertThat(store.content()).isEqualTo(before);
    }

    @Test
    void shouldFinishATakeOverThatWasInterruptedWhileMoving() {
        // given
        ApacheDirectory store = taken();
        store.rename("apache/consumequeue", "consumequeue");
        store.rename("apache/checkpoint", "checkpoint");

        // when
        int served = run("serve", "--port", "0", "--data", root.toString());
        String refusal = err.toString();
        int exitCode = run("store", "takeover", root.toString());

        // then
        assertThat(served).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(refusal).contains("bolide store takeover");
        assertThat(exitCode).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("finished the interrupted take-over");
        assertThat(root.resolve("consumequeue")).doesNotExist();
        assertThat(root.resolve("apache/consumequeue/orders/0")).exists();
    }

    @Test
    void shouldBeginAgainAfterAnInterruptionBeforeMoving() {
        // given: the state is in the log, and nothing has been moved but what was in the way
        ApacheDirectory store = taken();
        for (String name : new String[] {"consumequeue", "checkpoint", "config"}) {
            store.rename("apache/" + name, name);
        }

        // when
        int exitCode = run("store", "takeover", root.toString());

        // then
        assertThat(exitCode).as(err.toString()).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("2 topics, 1 groups, 3 offsets");
        assertThat(run("store", "verify", root.toString())).isEqualTo(ExitCode.OK);
    }

    @Test
    void shouldRefuseToServeWhatIsNotTakenOver() {
        // given
        ApacheDirectory.usual(root);

        // when
        int exitCode = run("serve", "--port", "0", "--data", root.toString());

        // then
        assertThat(exitCode).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(err.toString()).contains("bolide store takeover " + root);
        assertThat(err.toString().lines()).hasSize(1);
    }

    @Test
    void shouldReadBackupsOfFilesThatAreMissingOrDamaged() {
        // given
        ApacheDirectory store = ApacheDirectory.usual(root);
        store.rename("config/topics.json", "config/topics.json.bak");
        store.rename("config/consumerOffset.json", "config/consumerOffset.json.bak");
        store.config("consumerOffset.json", "{\"offsetTable\":{\"orders@re");
        store.rename("config/subscriptionGroup.json", "config/subscriptionGroup.json.bak");
        store.config("subscriptionGroup.json", "");

        // when
        int exitCode = run("store", "takeover", root.toString());

        // then
        assertThat(exitCode).as(err.toString()).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .contains("2 topics, 1 groups, 3 offsets")
                .contains("config/topics.json is missing or empty; used config/topics.json.bak")
                .contains("config/consumerOffset.json cannot be read");
    }

    @Test
    void shouldRefuseWithoutTopics() {
        // given
        ApacheDirectory store = ApacheDirectory.usual(root);
        store.remove("config/topics.json");

        // then
        assertTakeOverRefused(store, "neither config/topics.json nor its .bak");
    }

    @Test
    void shouldRefuseRocksDb() {
        ApacheDirectory store = ApacheDirectory.usual(root);
        store.file("consumequeue/CURRENT", new byte[] {1});
        assertTakeOverRefused(store, "keeps consumequeue in RocksDB");

        store.remove("consumequeue/CURRENT");
        store.file("config/consumerOffsets/CURRENT", new byte[] {1});
        assertTakeOverRefused(store, "keeps config/consumerOffsets in RocksDB");
    }

    @Test
    void shouldRefuseDLedger() {
        ApacheDirectory store = ApacheDirectory.usual(root);
        store.file("dledger-n0/data/00000000000000000000", new byte[] {1});
        assertTakeOverRefused(store, "holds a DLedger log (dledger-n0)");
    }

    @Test
    void shouldRefuseALogThatIsSpreadOverSeveralDirectories() {
        ApacheDirectory store = ApacheDirectory.usual(root);
        String middle = root.relativize(store.segments().get(1)).toString();
        store.rename(middle, "elsewhere/segment");
        assertTakeOverRefused(store, "has no segment for position 65536");

        store.rename("elsewhere/segment", middle);
        String last = root.relativize(store.segments().getLast()).toString();
        store.rename(last, "elsewhere/segment");
        assertTakeOverRefused(store, "segments are missing; if storePathCommitLog names several");

        store.rename("commitlog", "elsewhere/commitlog");
        assertTakeOverRefused(store, "holds no segment in commitlog/");
    }

    @Test
    void shouldRefuseADamagedLog() {
        ApacheDirectory store = ApacheDirectory.usual(root);
        flip(store.segments().getFirst(), 300);
        assertTakeOverRefused(store, "it is damaged at position");
    }

    @Test
    void shouldAskBeforeLeavingParkedEntriesBehind() {
        // given
        ApacheDirectory store =
                ApacheDirectory.usual(root)
                        .log(log -> {
                            log.add("SCHEDULE_TOPIC_XXXX", 2, 4, 10);
                            log.add("rmq_sys_wheel_timer", 0, 1, "x", "TIMER_OUT_MS\u000110\u0002");
                            log.add("rmq_sys_wheel_timer", 0, 2, "x", "TIMER_OUT_MS\u000120\u0002");
                            log.add("RMQ_SYS_TRANS_HALF_TOPIC", 0, 3, 10);
                            log.add("RMQ_SYS_TRANS_OP_HALF_TOPIC", 0, 1, "1,", "TAGS\u0001d\u0002");
                        });
        store.config("delayOffset.json", "{\"offsetTable\":{3:1}}");
        store.file(
                "config/timercheck",
                ByteBuffer.allocate(4096).putLong(0, 15).putLong(16, 3).array());
        store.config(
                "consumerOrderInfo.json",
                "{\"table\":{\"orders@readers\":{0:{\"i\":1000},1:{\"i\":1000}}}}");
        Map<String, Integer> before = store.content();

        // when
        int exitCode = run("store", "takeover", root.toString());

        // then
        assertThat(exitCode).isEqualTo(ExitCode.FAILED);
        assertThat(out.toString())
                .contains("parked    3 delayed messages\n", "parked    2 timed messages\n")
                .contains("parked    2 half messages\n")
                .contains("parked    2 queues consumed in order by POP\n");
        assertThat(err.toString()).contains("3 delayed messages, ", "--leave-parked");
        assertThat(store.content()).isEqualTo(before);
        assertThat(run("store", "takeover", "--leave-parked", root.toString()))
                .isEqualTo(ExitCode.OK);
    }

    @Test
    void shouldKeepTheEndOfAQueueWhoseMessagesAreGone() {
        // given
        ApacheDirectory store = ApacheDirectory.usual(root);
        String first = root.relativize(store.segments().getFirst()).toString();
        store.remove(first);

        // when
        int exitCode = run("store", "takeover", root.toString());

        // then
        assertThat(exitCode).as(err.toString()).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("1 queues known by their end only");
        run("store", "dump", root.toString());
        assertThat(out.toString()).contains("queue ends orders 0:3\n");
    }

    @Test
    void shouldKeepWhatGroupsMayNotRead() {
        // given
        ApacheDirectory store = ApacheDirectory.usual(root);
        store.config(
                "subscriptionGroup.json",
                """
                {"forbiddenTable":{"readers":{"orders":4,"payments":0}},
                "subscriptionGroupTable":{"readers":{"groupName":"readers"}}}
                """);

        // when
        int exitCode = run("store", "takeover", root.toString());

        // then
        assertThat(exitCode).as(err.toString()).isEqualTo(ExitCode.OK);
        run("store", "dump", root.toString());
        assertThat(out.toString())
                .contains("group's topic readers@orders not subscribed, may not read\n")
                .doesNotContain("readers@payments not subscribed");
    }

    @Test
    void shouldForgetTopicsThatWereDeleted() {
        // given
        ApacheDirectory store = ApacheDirectory.usual(root).log(log -> log.add("old", 0, 2, 10));
        store.remove("consumequeue/old");

        // when
        int exitCode = run("store", "takeover", root.toString());

        // then
        assertThat(exitCode).as(err.toString()).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("gone      topic old\n");
        run("store", "dump", root.toString());
        assertThat(out.toString()).contains("topic old removed");
    }

    @Test
    void shouldRefuseATopicThatWasMadeAgain() {
        ApacheDirectory store =
                ApacheDirectory.usual(root)
                        .log(log -> {
                            log.delete("payments");
                            log.add("payments", 0, 2, 10);
                        });
        assertTakeOverRefused(
                store,
                "message 0 of queue payments@0 follows message 4 at position",
                "the topic was deleted and made again");
    }

    @Test
    void shouldRefuseSegmentsOfUnequalLength() throws IOException {
        ApacheDirectory store = ApacheDirectory.usual(root);
        Path last = store.segments().getLast();
        Files.write(last, Arrays.copyOf(Files.readAllBytes(last), 4096));
        assertTakeOverRefused(store, "has 4096 bytes and the first segment 65536");
    }

    @Test
    void shouldRefuseADirectoryThatApachesBrokerUsedAgain() {
        ApacheDirectory store = taken();
        store.config("topics.json", "{}");
        assertTakeOverRefused(store, "was used by Apache's broker again");
        assertThat(run("serve", "--port", "0", "--data", root.toString()))
                .isEqualTo(ExitCode.WRONG_USAGE);
    }

    @Test
    void shouldMoveASegmentMadeAheadOutOfTheWay() {
        // given
        ApacheDirectory store = ApacheDirectory.usual(root);
        long next = (long) store.segments().size() * ApacheDirectory.SEGMENT_BYTES;
        String name = "commitlog/%020d".formatted(next);
        store.file(name, new byte[ApacheDirectory.SEGMENT_BYTES]);

        // when
        int exitCode = run("store", "takeover", root.toString());

        // then
        assertThat(exitCode).as(err.toString()).isEqualTo(ExitCode.OK);
        assertThat(root.resolve("apache").resolve(name)).exists();
        assertThat(run("store", "verify", root.toString())).isEqualTo(ExitCode.OK);
    }

    @Test
    void shouldShowMessagesWhenAskedTo() {
        // given
        ApacheDirectory.usual(root);

        // when
        int exitCode = run("store", "dump", "--topic", "payments", "--limit", "2", root.toString());

        // then
        assertThat(exitCode).isEqualTo(ExitCode.OK);
        assertThat(out.toString().lines())
                .hasSize(2)
                .allMatch(line -> line.matches(" *\\d+  message payments@0 [01]  \\d+ bytes  "));
        run("store", "dump", "--messages", "--json", root.toString());
        assertThat(out.toString())
                .contains("\"kind\":\"message\",\"topic\":\"orders\",\"queue\":0");
    }

    @Test
    void shouldSayThatThereIsNothingToShow() {
        // given
        ApacheDirectory.usual(root);
        String store = root.toString();

        // when
        int behind = run("store", "dump", "--from", "9000000000000000000", store);

        // then
        assertThat(behind).isEqualTo(ExitCode.FAILED);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString())
                .matches("bolide: the log ends at position [0-9]+, before 9000000000000000000\n");
        assertThat(run("store", "dump", "--topic", "absent", store)).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString())
                .isEqualTo("bolide: the log holds no message of topic 'absent'\n");
    }

    @Test
    void shouldRefuseWhatIsNoStoreOfApaches() {
        // given
        taken();

        // then
        assertThat(run("store", "takeover", root.resolve("torn").toString())).isNotZero();
        assertThat(err.toString()).contains("there is no directory");
        assertThat(run("store", "takeover", root.resolve("commitlog").toString())).isNotZero();
        assertThat(err.toString()).contains("is not the store of an Apache broker");
        assertThat(run("store")).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(err.toString()).contains("name what to do, one of verify, dump");
    }

    private void assertTakeOverRefused(ApacheDirectory store, String... why) {
        // given
        Map<String, Integer> before = store.content();

        // when
        int exitCode = run("store", "takeover", root.toString());

        // then
        assertThat(exitCode).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains(why);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(store.content()).isEqualTo(before);
    }

    private Path only(String folder) throws IOException {
        try (Stream<Path> files = Files.list(root.resolve(folder))) {
            return files.sorted().reduce((older, newer) -> newer).orElseThrow();
        }
    }

    private ApacheDirectory taken() {
        ApacheDirectory store = ApacheDirectory.usual(root);
        assertThat(run("store", "takeover", root.toString())).as(() -> err.toString()).isZero();
        return store;
    }

    private static StoreConfig settings() {
        return new StoreConfig(
                FlushPolicy.SYNC, StoreConfig.SHORTEST_INTERVAL, ApacheDirectory.SEGMENT_BYTES);
    }

    /// Writes the beginning of a record behind the log's end, as a write that was under way.
    private void tear(ApacheDirectory store) {
        run("store", "verify", "--json", root.toString());
        long end = Long.parseLong(out.toString().replaceAll(".*\"end\":(\\d+).*\\s*", "$1"));
        Path segment = store.segments().getLast();
        long start = Long.parseLong(segment.getFileName().toString());
        byte[] half = new byte[TORN_BYTES];
        half[TORN_BYTES - 1] = 1;
        half[2] = 1;
        write(segment, end - start, half);
    }

    private static void flip(Path file, int at) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            write(file, at, new byte[] {(byte) (bytes[at] ^ 1)});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, long at, byte[] bytes) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), at);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int run(String... arguments) {
        out = new StringWriter();
        err = new StringWriter();
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }
}
