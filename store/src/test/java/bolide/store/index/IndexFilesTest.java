package bolide.store.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bolide.store.IndexRig;
import bolide.store.consumequeue.ConsumeQueue.Boundary;
import bolide.store.consumequeue.Entry;
import bolide.store.file.DirectoryVolume;
import bolide.store.file.MemoryVolume.Fault;
import bolide.store.file.MemoryVolume.Operation;
import bolide.store.file.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexFilesTest {
    private static final String FIRST = "index/00000000000000000000";

    private final IndexRig rig = new IndexRig();

    private static void fill(IndexRig rig, int messages) {
        for (int i = 0; i < messages; i++) {
            rig.time++;
            if (i % 50 == 49) {
                rig.skip("a", i % 3, 2);
            }
            rig.append("a", i % 3, "UNIQ_KEY\1u" + i + "\2KEYS\1x" + i % 7 + " y\2", 0);
            rig.append("b" + i % 20, 1, "TAGS\1tag\2", 0);
        }
    }

    /// Everything that can be asked about what [#fill] made.
    private static List<Supplier<Object>> questions(IndexRig rig, int messages) {
        List<Supplier<Object>> questions = new ArrayList<>();
        rig.queues.forEach(queue -> {
            questions.add(() -> queue.topic() + queue.queueId() + queue.minOffset());
            for (long offset = 0; offset < queue.maxOffset(); offset += 9) {
                long asked = offset;
                questions.add(() -> {
                    Entry entry = new Entry();
                    boolean found = queue.read(asked, entry);
                    return List.of(
                            found,
                            entry.position(),
                            entry.size(),
                            entry.tagHash(),
                            entry.storeTimestamp());
                });
            }
            questions.add(() -> queue.offsetAt(1050, Boundary.LOWER));
            questions.add(() -> queue.offsetAt(1050, Boundary.UPPER));
        });
        for (int i = 0; i < messages; i += 10) {
            String key = "u" + i;
            questions.add(() -> rig.find("a", key, KeyKind.UNIQUE));
        }
        questions.add(() -> rig.find("a", "x3", KeyKind.KEY));
        questions.add(() -> rig.find("a", "y", KeyKind.KEY, 1000, 1010, 1100));
        questions.add(() -> rig.find("b7", "tag", KeyKind.TAG));
        questions.add(() -> rig.find("c", "tag", KeyKind.TAG));
        questions.add(() -> rig.queues.find("zzz", 0));
        return questions;
    }

    @Test
    void shouldAnswerRightOrSayThatItIsDamaged() {
        // given
        int messages = 60;
        fill(rig, messages);
        rig.freezeAndPersist();
        byte[] original = rig.volume.read(FIRST);
        List<Object> answers = questions(rig, messages).stream().map(Supplier::get).toList();
        int damages = 0;

        for (int at = 0; at < original.length; at += 7) {
            // when
            byte damaged = (byte) (original[at] ^ (1 << at % 8));
            rig.volume.overwrite(FIRST, at, new byte[] {damaged});
            rig.reopen();
            List<Supplier<Object>> questions = questions(rig, messages);
            Stretch found = null;
            for (int i = 0; i < questions.size(); i++) {
                try {
                    // then
                    assertThat(questions.get(i).get())
                            .as("question %s, byte %s", i, at)
                            .isEqualTo(answers.get(i));
                } catch (DamagedIndexException damage) {
                    found = damage.stretch();
                }
            }

            // when
            if (found != null) {
                damages++;
                rig.files.rebuild(found, rig);
                assertThat(rig.volume.read(FIRST)).isEqualTo(original);
            }
            rig.volume.overwrite(FIRST, at, new byte[] {original[at]});
        }
        assertThat(damages).isGreaterThan(original.length / 7 / 2);
    }

    @Test
    void shouldDeleteAFileWhoseHeaderIsDamagedAndSayWhatIsMissing() {
        // given
        fill(rig, 100);
        rig.freezeAndPersist();
        long border = rig.end;
        fill(rig, 100);
        rig.freezeAndPersist();
        byte[] original = rig.volume.read(FIRST);

        for (int at = 0; at < IndexFormat.HEADER_BYTES; at++) {
            // when
            rig.volume.overwrite(FIRST, at, new byte[] {(byte) (original[at] ^ 0x10)});
            IndexFiles files = IndexFiles.open(rig.volume, rig.limits, 0, rig.end);

            // then
            assertThat(rig.volume.names()).hasSize(1);
            assertThat(files.gaps(0, rig.end)).containsExactly(new Stretch(0, border));

            // when
            files.rebuild(new Stretch(0, border), rig);

            // then
            assertThat(files.gaps(0, rig.end)).isEmpty();
            assertThat(rig.volume.read(FIRST)).isEqualTo(original);
            files.close();
        }
    }

    @Test
    void shouldDeleteAFileThatIsCutOrEmpty() {
        // given
        fill(rig, 100);
        rig.freezeAndPersist();
        byte[] original = rig.volume.read(FIRST);

        for (int length : new int[] {0, 1, 127, 128, 1000, original.length - 1}) {
            // when
            rig.volume.truncate(FIRST, length);
            IndexFiles files = IndexFiles.open(rig.volume, rig.limits, 0, rig.end);

            // then
            assertThat(files.gaps(0, rig.end)).containsExactly(new Stretch(0, rig.end));
            assertThat(rig.volume.names()).isEmpty();
            files.rebuild(new Stretch(0, rig.end), rig);
            assertThat(rig.volume.read(FIRST)).isEqualTo(original);
            files.close();
        }
    }

    @Test
    void shouldDeleteWhatIsNotBetweenTheLogsStartAndTheSnapshot() {
        // given
        List<Long> borders = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            borders.add(rig.end);
            fill(rig, 10);
            rig.freezeAndPersist();
        }

        // when
        IndexFiles files = IndexFiles.open(rig.volume, rig.limits, borders.get(1), borders.get(4));

        // then
        assertThat(Arrays.stream(files.all()).map(IndexFile::start))
                .containsExactly(borders.get(1), borders.get(2), borders.get(3));
        assertThat(rig.volume.names()).hasSize(3);
    }

    @Test
    void shouldLeaveFilesOfOthersAlone() {
        // given
        rig.volume.create("index/notes.txt", 10).close();
        rig.volume.create("index/7", 10).close();

        // when
        rig.reopen();

        // then
        assertThat(rig.volume.names()).containsExactly("index/7", "index/notes.txt");
    }

    @Test
    void shouldFillALargeGapWithSeveralFiles() {
        // given
        IndexRig small = new IndexRig(new Generation.Limits(40, 1 << 20));
        fill(small, 100);
        small.freezeAndPersist();
        List<Object> answers = questions(small, 100).stream().map(Supplier::get).toList();
        small.volume.lose(FIRST);

        // when
        small.reopen();

        // then
        assertThat(small.files.all()).hasSize(5);
        assertThat(small.files.gaps(0, small.end)).isEmpty();
        assertThat(questions(small, 100).stream().map(Supplier::get)).isEqualTo(answers);
    }

    @Test
    void shouldTryAgainAfterTheDiskRefused() {
        for (Fault fault : Fault.values()) {
            for (int n = 1; n <= 5; n++) { // create, write, sync, write the header, sync
                // given
                IndexRig own = new IndexRig();
                fill(own, 100);
                own.freeze();
                own.volume.failAt(fault, n);

                // when
                assertThatThrownBy(own::persist)
                        .as("%s %s", fault, n)
                        .isInstanceOf(StorageException.class);

                // then
                assertThat(own.volume.names()).isEmpty();
                assertThat(own.volume.open()).isZero();
                assertThat(own.queue("a", 0).read(5, new Entry())).isTrue();
                assertThat(own.derived.isFull()).isFalse();

                // when
                own.persist();

                // then
                assertThat(own.volume.names()).containsExactly(FIRST);
                assertThat(own.queue("a", 0).read(5, new Entry())).isTrue();
            }
        }
    }

    @Test
    void shouldTryAgainWhenEvenTheUnfinishedFileCouldNotBeDeleted() {
        // given
        fill(rig, 100);
        rig.freeze();
        rig.volume.countIn("index");
        rig.volume.failAt(Operation.SYNC, 1);
        rig.volume.failAt(Operation.DELETE, 1);
        assertThatThrownBy(rig::persist).isInstanceOf(StorageException.class);
        assertThat(rig.volume.names()).containsExactly(FIRST);

        // when
        rig.persist();

        // then
        assertThat(rig.queue("a", 0).read(5, new Entry())).isTrue();
        rig.reopen();
        assertThat(rig.queue("a", 0).read(5, new Entry())).isTrue();
    }

    @Test
    void shouldKeepServingWhileADamagedFileCannotBeWrittenAnew() {
        // given
        fill(rig, 100);
        rig.freezeAndPersist();
        byte[] original = rig.volume.read(FIRST);
        rig.volume.overwrite(FIRST, 200, new byte[] {(byte) ~original[200]});
        Entry entry = new Entry();
        assertThatThrownBy(() -> rig.queue("a", 0).read(0, entry))
                .isInstanceOf(DamagedIndexException.class)
                .hasMessageContaining(FIRST);
        rig.volume.failAt(Fault.IO_ERROR, 3);

        // when
        Stretch damaged = new Stretch(0, rig.end);
        assertThatThrownBy(() -> rig.files.rebuild(damaged, rig))
                .isInstanceOf(StorageException.class);

        // then what is whole in it can be read still
        assertThat(rig.queue("a", 1).read(0, entry)).isTrue();

        // when
        rig.files.rebuild(damaged, rig);

        // then
        assertThat(rig.queue("a", 0).read(0, entry)).isTrue();
        assertThat(rig.volume.read(FIRST)).isEqualTo(original);
        assertThat(rig.volume.open()).isEqualTo(2);
    }

    @Test
    void shouldSyncEverythingBeforeTheHeaderIsWritten() {
        for (long seed = 0; seed < 40; seed++) {
            // given
            IndexRig own = new IndexRig();
            fill(own, 100);
            own.freeze();
            own.volume.stopAt(1 + seed % 5, seed);

            // when
            try {
                own.persist();
            } catch (bolide.store.file.PowerCut end) {
                assertThat(own.volume.isStopped()).isTrue();
            }
            own.volume.crash(seed);

            // then
            IndexFiles files = IndexFiles.open(own.volume, own.limits, 0, own.end);
            if (files.all().length == 1) {
                for (long offset = 0; offset < own.queue("a", 0).maxOffset(); offset++) {
                    long wanted = offset;
                    Span span =
                            files.newest(
                                            new QueueName("a", 0),
                                            0,
                                            run -> run.firstOffset() <= wanted)
                                    .orElseThrow();
                    if (span.covers(offset)) {
                        assertThat(span.block(offset).covers(offset)).isTrue();
                    }
                }
            } else {
                assertThat(own.volume.names()).isEmpty();
            }
            files.close();
        }
    }

    @Test
    void shouldKeepARetiredFileForWhoIsReadingIt() {
        // given
        fill(rig, 100);
        rig.freezeAndPersist();
        IndexFile file = rig.files.all()[0];
        List<Long> met = new ArrayList<>();
        int hash = KeyHashes.hash(rig.generations.held().length); // no such key
        assertThat(file.forEachKey(hash, position -> false, met::add)).isTrue();

        // when
        boolean[] closedMeanwhile = new boolean[1];
        long[] sorted = sortedKeys();
        file.forEachKey(
                KeyHashes.hash(sorted[0]),
                position -> false,
                position -> {
                    rig.files.dropBelow(rig.end);
                    closedMeanwhile[0] = rig.volume.open() == 0;
                    return true;
                });

        // then
        assertThat(closedMeanwhile[0]).isFalse();
        assertThat(rig.volume.open()).isZero();
        assertThat(rig.volume.names()).isEmpty();
        assertThat(file.forEachKey(hash, position -> false, met::add)).isFalse();
        assertThat(file.runs(new QueueName("a", 0))).isSameAs(IndexFile.CLOSED);
    }

    private long[] sortedKeys() {
        Rebuilding rebuilding = new Rebuilding(0, rig.limits);
        rig.forEach(new Stretch(0, rig.end), rebuilding::apply);
        return rebuilding.freeze(rig.end).keys().sorted();
    }

    @Test
    void shouldWriteTheSameBytesWhateverWasBefore() {
        // given a topic that is removed and comes again, within one stretch
        fill(rig, 50);
        rig.freezeAndPersist();
        long start = rig.end;
        fill(rig, 50);
        rig.remove("a");
        fill(rig, 50);
        rig.remove("b3");
        rig.freezeAndPersist();
        byte[] original = rig.volume.read(IndexFile.name(start));

        // when
        rig.volume.overwrite(IndexFile.name(start), 500, new byte[100]);
        rig.files.rebuild(new Stretch(start, rig.end), rig);

        // then
        assertThat(rig.volume.read(IndexFile.name(start))).isEqualTo(original);
        assertThat(rig.volume.open()).isEqualTo(4);
    }

    @Test
    void shouldBeOfTheSizeThatWasReckoned() {
        // given
        int queues = 2000;
        IndexRig own = new IndexRig(new Generation.Limits(100_000, 1 << 28));
        for (int i = 0; i < queues; i++) {
            own.append("topic", i);
        }

        // when
        own.freezeAndPersist();

        // then entries with a checksum each, directory, header and name
        assertThat(own.volume.read(FIRST).length)
                .isEqualTo(128 + queues * (32 + 4) + (2 + 5 + 4) + (queues * 3 / 2 + 1) * 64);
    }

    @Test
    void shouldDoTheSameOnARealDisk(@TempDir Path directory) throws IOException {
        // given more than one piece, with every queue in several blocks
        IndexRig large = new IndexRig(new Generation.Limits(100_000, 1 << 28));
        for (int i = 0; i < 40_000; i++) {
            large.append("a" + i % 3, i % 5, "UNIQ_KEY\1u" + i + "\2TAGS\1t\2", 0);
        }
        large.freeze();
        large.files.write(large.frozen);
        DirectoryVolume disk = new DirectoryVolume(directory);

        // when
        IndexFiles files = IndexFiles.open(disk, large.limits, 0, large.end);
        files.write(large.frozen);
        files.rebuild(new Stretch(0, large.end), large);
        files.close();
        files = IndexFiles.open(disk, large.limits, 0, large.end);

        // then
        assertThat(Files.readAllBytes(directory.resolve(FIRST)))
                .isEqualTo(large.volume.read(FIRST));
        assertThat(large.volume.read(FIRST).length).isGreaterThan(1024 * 1024);
        QueueName queue = new QueueName("a2", 4);
        Span span = files.newest(queue, 0, run -> run.firstOffset() <= 1000).orElseThrow();
        assertThat(span.count()).isEqualTo(large.queue("a2", 4).maxOffset());
        Entry entry = new Entry();
        for (long offset = 0; offset < span.count(); offset++) {
            large.queue("a2", 4).read(offset, entry);
            EntryBlock block = span.block(offset);
            assertThat(block.fields()[block.at(offset)]).isEqualTo(entry.position());
        }

        // when
        files.dropBelow(large.end);

        // then
        assertThat(directory.resolve("index")).isEmptyDirectory();
        assertThat(span.block(0).isGone()).isTrue();
        files.close();
    }

    @Test
    void shouldReadABlockOnceForTheNextOffsetsOfIt() {
        // given
        int block = IndexFormat.BLOCK_ENTRIES;
        for (int i = 0; i < 2 * block; i++) {
            rig.append("one", 0, "TAGS\1tag\2", 0);
            rig.append("other", 0, "TAGS\1tag\2", 0);
        }
        rig.freezeAndPersist();
        Span one = rig.files.newest(new QueueName("one", 0), 0, run -> true).orElseThrow();
        Span other = rig.files.newest(new QueueName("other", 0), 0, run -> true).orElseThrow();

        // when
        EntryBlock first = rig.files.block(one, one.firstOffset());
        EntryBlock next = rig.files.block(one, one.firstOffset() + block);

        // then
        assertThat(rig.files.block(one, one.firstOffset() + block - 1)).isSameAs(first);
        assertThat(next.covers(one.firstOffset() + block - 1)).isFalse();
        assertThat(rig.files.block(other, other.firstOffset()).fields())
                .isEqualTo(other.block(other.firstOffset()).fields());
        for (long offset = one.firstOffset(); offset < one.endOffset(); offset++) {
            assertThat(rig.files.block(one, offset).fields()).isEqualTo(one.block(offset).fields());
        }
    }
}
