package bolide.store.crash;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.store.commitlog.FlushPolicy;
import bolide.store.crash.Machine.Mount;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Lets a real process's calls fail, by strace, and its disk run full.
class FailingDiskTest {
    private static final int[] CALLS = {1, 2, 3, 7, 20};

    @TempDir Path below;

    @Test
    void shouldAcknowledgeNothingAfterASyncHasFailed() throws Exception {
        Machine.needs("strace");
        for (int n : CALLS) {
            shouldEndConsistently("fdatasync", "EIO", n, 0);
        }
    }

    @Test
    void shouldAcknowledgeNothingAfterAWriteHasFailed() throws Exception {
        Machine.needs("strace");
        for (int n : CALLS) {
            shouldEndConsistently("pwrite64", n % 2 == 0 ? "EIO" : "ENOSPC", 5 * n, 1);
        }
    }

    /// @param n which call of each thread fails; the ones after it do not
    /// @param underWay how many acknowledgements another thread may be about to give
    private void shouldEndConsistently(String call, String error, int n, int underWay)
            throws Exception {
        Path data = below.resolve(call + n);
        String inject = "inject=" + call + ":error=" + error + ":when=" + n;
        try (SenderProcess sender =
                SenderProcess.start(
                        data,
                        FlushPolicy.SYNC,
                        100,
                        "strace",
                        "-f",
                        "--seccomp-bpf",
                        "-qq",
                        "-o",
                        "/dev/null",
                        "-e",
                        "trace=" + call,
                        "-e",
                        inject)) {
            // when
            sender.awaitAcknowledged(20_000);
            sender.awaitEnd();

            // then
            assertThat(sender.failure()).as(inject + sender.tail()).isNotEmpty();
            assertThat(sender.acknowledgedAfterFailure()).as(inject).isLessThanOrEqualTo(underWay);
            long end = sender.check(data, FlushPolicy.SYNC, 0, false);
            System.out.printf("%s: %d acknowledged, %d found%n", inject, sender.count(), end);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldRefuseOnAFullDiskAndGoOnWhenThereIsRoom(FlushPolicy policy) throws Exception {
        Machine.needs();
        try (Mount disk = Mount.tmpfs(below, 6 * 1024)) {
            Path data = disk.directory.resolve("data");
            try (SenderProcess sender = SenderProcess.start(data, policy, 1000)) {
                // given
                sender.awaitRefusals(5);
                int full = sender.count();

                // when
                disk.resize(12 * 1024);
                sender.awaitAcknowledged(full + 1000);
                sender.kill();

                // then
                assertThat(full).as(sender.tail()).isPositive();
                assertThat(sender.count()).as(sender.tail()).isGreaterThanOrEqualTo(full + 1000);
                assertThat(sender.failure()).isEmpty();
                sender.check(data, policy, 0, false);
            }
        }
    }
}
