package bolide.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DirectoryVolumeTest {
    /// Claims a directory in a process of its own, and holds it until its input ends.
    static final class Holder {
        private Holder() {}

        public static void main(String[] args) throws IOException {
            try {
                new DirectoryVolume(Path.of(args[0])).claim();
                System.out.println("held");
                int end = System.in.read();
                System.exit(end < 0 ? 0 : 1);
            } catch (StoreInUseException refused) {
                System.out.println(refused.getMessage());
            }
        }
    }

    @TempDir Path directory;

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String text(ByteBuffer bytes, int from, int length) {
        byte[] copy = new byte[length];
        bytes.get(from, copy);
        return new String(copy, StandardCharsets.US_ASCII);
    }

    private Process holder() throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();
    }

    private static String firstLine(Process process) throws IOException {
        BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        while (line != null && line.startsWith("SLF4J")) {
            line = out.readLine();
        }
        return line;
    }

    @Test
    void shouldRefuseASecondClaimInTheSameProcess() {
        // given
        Volume first = new DirectoryVolume(directory);
        Volume second = new DirectoryVolume(directory.resolve("x").resolve(".."));
        Volume.Claim claim = first.claim();

        // when // then
        assertThatThrownBy(second::claim)
                .isInstanceOf(StoreInUseException.class)
                .hasMessageContaining(directory.toString())
                .hasMessageContaining("process " + ProcessHandle.current().pid() + ";");

        // when
        claim.close();

        // then
        second.claim().close();
        assertThat(directory.resolve("bolide.pid")).doesNotExist();
    }

    @Test
    void shouldHoldTheClaimAgainstOtherProcessesAfterARefusalInThisOne() throws Exception {
        // given
        Volume volume = new DirectoryVolume(directory);
        Volume.Claim claim = volume.claim();
        assertThatThrownBy(volume::claim).isInstanceOf(StoreInUseException.class);

        // when
        Process other = holder();

        // then
        assertThat(firstLine(other))
                .contains("is in use by process " + ProcessHandle.current().pid() + ";");
        other.waitFor();
        claim.close();
    }

    @Test
    void shouldRefuseWhatAnotherProcessHoldsUntilThatIsKilled() throws Exception {
        // given
        Process other = holder();
        assertThat(firstLine(other)).isEqualTo("held");
        Volume volume = new DirectoryVolume(directory);

        // when // then
        assertThatThrownBy(volume::claim)
                .isInstanceOf(StoreInUseException.class)
                .hasMessageContaining("process " + other.pid() + ";");

        // when
        other.destroyForcibly().waitFor();

        // then
        volume.claim().close();
    }

    @Test
    void shouldLockTheFileThatApachesBrokerLocks() throws IOException {
        // given
        Volume volume = new DirectoryVolume(directory);

        // when
        Volume.Claim claim = volume.claim();

        // then
        assertThat(Files.readString(directory.resolve("lock"))).isEqualTo("lock");
        claim.close();
    }

    @Test
    void shouldMakeTheDirectoryWithItsParents() {
        // given
        Path deep = directory.resolve("a/b/c");

        // when
        Volume volume = new DirectoryVolume(deep);

        // then
        assertThat(deep).isDirectory();
        assertThat(volume.describe()).isEqualTo(deep.toString());
        assertThat(volume.usableBytes()).isPositive();
    }

    @Test
    void shouldCreateAFileOfThatLengthThatReadsAsZeros() {
        // given
        Volume volume = new DirectoryVolume(directory);

        // when
        try (StoreFile file = volume.create("log/1", 100_000)) {
            StoreFile.Mapping mapping = file.map();

            // then
            assertThat(file.length()).isEqualTo(100_000);
            assertThat(mapping.bytes().limit()).isEqualTo(100_000);
            assertThat(mapping.bytes().get(99_999)).isZero();
            assertThat(volume.list("log")).containsExactly("1");
            mapping.close();
        }
    }

    @Test
    void shouldRefuseToCreateWhatExists() {
        // given
        Volume volume = new DirectoryVolume(directory);
        StoreFile file = volume.create("log/1", 10);
        file.write(0, bytes("kept"));

        // when // then
        assertThatThrownBy(() -> volume.create("log/1", 10))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("log/1")
                .hasMessageContaining("exists already");
        StoreFile.Mapping mapping = file.map();
        assertThat(text(mapping.bytes(), 0, 4)).isEqualTo("kept");
        mapping.close();
        file.close();
    }

    @Test
    void shouldPassOverAndReplaceWhatAnUnfinishedCreateLeft() throws IOException {
        // given
        Volume volume = new DirectoryVolume(directory);
        Files.createDirectories(directory.resolve("log"));
        Files.writeString(directory.resolve("log/1.new"), "half".repeat(100));

        // when
        List<String> before = volume.list("log");
        StoreFile file = volume.create("log/1", 10);

        // then
        assertThat(before).isEmpty();
        assertThat(volume.list("log")).containsExactly("1");
        StoreFile.Mapping mapping = file.map();
        assertThat(text(mapping.bytes(), 0, 10)).isEqualTo("\0".repeat(10));
        mapping.close();
        file.close();
    }

    @Test
    void shouldLeaveNothingWhenCreateFails() throws IOException {
        // given
        Volume volume = new DirectoryVolume(directory);
        Files.writeString(directory.resolve("log"), "a file where the directory would be");

        // when // then
        assertThatThrownBy(() -> volume.create("log/1", 10)).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> volume.list("log"))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("is not a directory");
        Files.delete(directory.resolve("log"));
        volume.create("log/1", 10).close();
        assertThat(volume.list("nowhere")).isEmpty();
    }

    @Test
    void shouldShowWritesInAMappingMadeBefore() {
        // given
        Volume volume = new DirectoryVolume(directory);
        StoreFile file = volume.create("log/1", 1 << 20);
        StoreFile.Mapping mapping = file.map();
        ByteBuffer source = ByteBuffer.allocateDirect(20).put(bytes("..written..")).flip();
        source.position(2).limit(9);

        // when
        file.write(1_000_000, source);

        // then
        assertThat(text(mapping.bytes(), 1_000_000, 8)).isEqualTo("written\0");
        assertThat(source.position()).isEqualTo(2);
        assertThat(source.limit()).isEqualTo(9);
        file.sync();
        mapping.close();
        file.close();
    }

    @Test
    void shouldFindWhatWasWrittenWhenOpenedAgain() {
        // given
        Volume volume = new DirectoryVolume(directory);
        StoreFile written = volume.create("log/1", 100);
        written.write(50, bytes("kept"));
        written.close();

        // when
        try (StoreFile file = volume.open("log/1")) {
            StoreFile.Mapping mapping = file.map();

            // then
            assertThat(file.length()).isEqualTo(100);
            assertThat(text(mapping.bytes(), 50, 4)).isEqualTo("kept");
            mapping.close();
        }
        assertThatThrownBy(() -> volume.open("log/2"))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("log/2");
    }

    @Test
    void shouldReadAsZerosBehindACut() throws IOException {
        // given
        Volume volume = new DirectoryVolume(directory);
        StoreFile file = volume.create("log/1", 10_000);
        file.write(0, ByteBuffer.wrap(new byte[10_000].clone()));
        file.write(4_998, bytes("kept, gone"));

        // when
        file.cut(5_002, 20_000);

        // then
        StoreFile.Mapping mapping = file.map();
        assertThat(file.length()).isEqualTo(20_000);
        assertThat(Files.size(directory.resolve("log/1"))).isEqualTo(20_000);
        assertThat(text(mapping.bytes(), 4_998, 10)).isEqualTo("kept\0\0\0\0\0\0");
        mapping.close();
        file.close();
    }

    @Test
    void shouldNameThePathAndThePlaceOfAFailure() {
        // given
        Volume volume = new DirectoryVolume(directory);
        StoreFile file = volume.create("log/1", 100);
        file.close();

        // when // then
        assertThatThrownBy(() -> file.write(50, bytes("late")))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("4 bytes at 50 of")
                .hasMessageContaining("log/1");
    }

    @Test
    void shouldDoItsWorkOnAnInterruptedThreadAndLeaveItInterrupted() {
        // given
        Volume volume = new DirectoryVolume(directory.resolve("data"));

        // when
        Thread.currentThread().interrupt();
        StoreFile file = volume.create("log/1", 100);
        file.write(0, bytes("first"));
        file.sync();
        file.write(5, bytes("second"));
        file.sync();

        // then
        assertThat(Thread.interrupted()).isTrue();
        StoreFile.Mapping mapping = file.map();
        assertThat(text(mapping.bytes(), 0, 11)).isEqualTo("firstsecond");
        mapping.close();
        file.close();
    }

    @Test
    void shouldWriteAndSyncUnderARainOfInterrupts() throws InterruptedException {
        // given
        Volume volume = new DirectoryVolume(directory);
        StoreFile file = volume.create("log/1", 4_000_000);
        AtomicBoolean over = new AtomicBoolean();
        Thread writer = Thread.currentThread();
        Thread rain =
                new Thread(() -> {
                    while (!over.get()) {
                        writer.interrupt();
                        Thread.yield();
                    }
                });

        // when
        rain.start();
        List<Byte> expected = new ArrayList<>();
        ByteBuffer block = ByteBuffer.allocateDirect(4000);
        for (int i = 0; i < 1000; i++) {
            block.clear();
            while (block.hasRemaining()) {
                block.put((byte) i);
            }
            file.write(4000L * i, block.flip());
            expected.add((byte) i);
            if (i % 100 == 0) {
                file.sync();
            }
        }
        over.set(true);
        while (rain.isAlive()) {
            Thread.onSpinWait();
        }
        boolean interrupted = Thread.interrupted();

        // then
        StoreFile.Mapping mapping = file.map();
        for (int i = 0; i < 1000; i++) {
            assertThat(mapping.bytes().get(4000 * i)).isEqualTo(expected.get(i));
            assertThat(mapping.bytes().get(4000 * i + 3999)).isEqualTo(expected.get(i));
        }
        assertThat(interrupted).isTrue();
        mapping.close();
        file.close();
    }

    @Test
    void shouldCountOnlyWhatCanBeUsedOfTheDisk() throws IOException {
        // given
        FileStore disk = Files.getFileStore(directory);
        DirectoryVolume volume = new DirectoryVolume(directory);

        // when
        long total = volume.totalBytes();
        long usable = volume.usableBytes();

        // then
        assertThat(usable).isPositive();
        assertThat(total).isGreaterThan(usable).isLessThanOrEqualTo(disk.getTotalSpace());
    }
}
