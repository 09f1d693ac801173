package bolide.store.crash;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.protocol.message.MessageRecord;
import bolide.protocol.message.RecordView;
import bolide.store.Store;
import bolide.store.commitlog.FlushPolicy;
import bolide.store.commitlog.LogSlices;
import bolide.store.consumequeue.ConsumeQueue;
import bolide.store.consumequeue.Entry;
import bolide.store.state.StateKind;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A [Sender] as its parent sees it: what it has said, and whether the directory keeps its word.
final class SenderProcess implements AutoCloseable {
    private static final long MOST_SECONDS = 60;
    private static final Pattern ACKNOWLEDGED = Pattern.compile("acknowledged (\\d+) at (\\d+)");
    private static final Pattern COMMITTED = Pattern.compile("committed (\\d+)");

    private final Process process;
    private final Thread reader;

    // Guarded by this object.
    private final List<Long> times = new ArrayList<>();
    private long firstNumber = -1;
    private long acknowledged = -1;
    private long committed = -1;
    private int refusals;
    private String failure = "";
    private int afterFailure;
    private String tail = "";

    private SenderProcess(Process process) {
        this.process = process;
        this.reader = Thread.ofPlatform().start(this::read);
    }

    /// @param before words in front of the command, as `strace` and its options
    static SenderProcess start(Path directory, FlushPolicy policy, int bodyBytes, String... before)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(before));
        command.addAll(
                List.of(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xshare:auto",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Sender.class.getName(),
                        directory.toString(),
                        policy.name(),
                        Integer.toString(bodyBytes)));
        return new SenderProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    private void read() {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                take(line);
            }
        } catch (IOException | UncheckedIOException closed) {
            // as it may be when the process ends
        }
    }

    private synchronized void take(String line) {
        Matcher acknowledgement = ACKNOWLEDGED.matcher(line);
        Matcher commit = COMMITTED.matcher(line);
        if (acknowledgement.matches()) { // the very last may be torn
            acknowledged = Long.parseLong(acknowledgement.group(1));
            firstNumber = firstNumber < 0 ? acknowledged : firstNumber;
            times.add(Long.parseLong(acknowledgement.group(2)));
            afterFailure += failure.isEmpty() ? 0 : 1;
        } else if (commit.matches()) {
            committed = Long.parseLong(commit.group(1));
            afterFailure += failure.isEmpty() ? 0 : 1;
        } else if (line.startsWith("refused ")) {
            refusals++;
            letTryAgain();
        } else if (line.startsWith("failed ")) {
            failure = line;
        }
        tail = (tail + "\n" + line).substring(Math.max(0, tail.length() + line.length() - 2000));
        notifyAll();
    }

    private void letTryAgain() {
        try {
            BufferedWriter in = process.outputWriter(StandardCharsets.US_ASCII);
            in.write("again\n");
            in.flush();
        } catch (IOException ended) {
            // then it does not try again; what it said before is still to be read
        }
    }

    /// Waits until so many were acknowledged by this process, or it ended.
    synchronized void awaitAcknowledged(int count) throws InterruptedException {
        await(() -> times.size() >= count);
    }

    synchronized void awaitRefusals(int count) throws InterruptedException {
        await(() -> refusals >= count);
    }

    private interface Condition {
        boolean holds();
    }

    private void await(Condition condition) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
        while (!condition.holds() && process.isAlive()) {
            assertThat(System.nanoTime()).as("waiting for\n%s", tail).isLessThan(until);
            wait(100);
        }
    }

    synchronized long acknowledged() {
        return acknowledged;
    }

    synchronized int count() {
        return times.size();
    }

    synchronized String failure() {
        return failure;
    }

    synchronized String tail() {
        return tail;
    }

    /// @return how many messages and commits were acknowledged after a failure was told
    synchronized int acknowledgedAfterFailure() {
        return afterFailure;
    }

    /// @return when a message was acknowledged
    synchronized long acknowledgedAtMillis(long number) {
        return times.get((int) (number - firstNumber));
    }

    /// Waits for the process to end by itself.
    int awaitEnd() throws InterruptedException {
        assertThat(process.waitFor(MOST_SECONDS, TimeUnit.SECONDS))
                .as("end of %s", tail())
                .isTrue();
        reader.join();
        return process.exitValue();
    }

    /// Kills it, and what it has started, at once.
    void kill() throws InterruptedException {
        destroy();
        process.waitFor();
        reader.join();
    }

    private void destroy() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.toHandle().destroyForcibly(); // unlike the process, leaves its output open
    }

    @Override
    public void close() {
        destroy();
    }

    /// Opens the directory and compares it with what was said.
    ///
    /// @param from the first message to look at
    /// @param mayLose whether acknowledged messages at the end may be missing
    /// @return the number behind the last message
    long check(Path directory, FlushPolicy policy, long from, boolean mayLose) {
        try (Store store = Sender.open(directory, policy)) {
            assertThat(store.recovered().damages()).isEmpty();
            long end = Sender.end(store);
            if (!mayLose) {
                assertThat(end).as("end of the queue\n%s", tail()).isGreaterThan(acknowledged());
                checkCommitted(store);
            }
            checkMessages(store, Math.min(from, end), end);
            return end;
        }
    }

    private synchronized void checkCommitted(Store store) {
        long[] found = {-1};
        store.forEachState(
                StateKind.OFFSET, (key, value) -> found[0] = ByteBuffer.wrap(value).getLong());
        assertThat(found[0]).as("committed offset").isGreaterThanOrEqualTo(committed);
    }

    private static void checkMessages(Store store, long from, long end) {
        if (from == end) {
            return;
        }
        ConsumeQueue queue = store.queues().find(Sender.TOPIC, 0).orElseThrow();
        Entry entry = new Entry();
        RecordView view = new RecordView();
        for (long number = from; number < end; number++) {
            assertThat(queue.read(number, entry)).isTrue();
            LogSlices slices = new LogSlices(store.log().segments());
            slices.addVerified(entry.position(), entry.size(), view);
            MessageRecord record = MessageRecord.decode(slices.parts()[0]);
            String body = new String(record.body(), StandardCharsets.UTF_8);
            slices.release();
            if (!body.startsWith(number + " ") || record.queueOffset() != number) {
                throw new AssertionError("message " + number + " is " + body);
            }
        }
    }
}
