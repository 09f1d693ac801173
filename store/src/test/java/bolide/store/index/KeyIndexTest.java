package bolide.store.index;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.protocol.message.SysFlag;
import bolide.store.IndexRig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class KeyIndexTest {
    private final IndexRig rig = new IndexRig(new Generation.Limits(1_000_000, 1 << 29));

    private static String unique(String key) {
        return "UNIQ_KEY\1" + key + "\2";
    }

    @Test
    void shouldKnowEachKeyByItsKind() {
        for (boolean inFile : new boolean[] {false, true}) {
            // given
            long position =
                    rig.append("a", 0, "x\1y\2KEYS\1 k1  k2 \2UNIQ_KEY\1u\2TAGS\1two words\2", 0);
            if (inFile) {
                rig.freezeAndPersist();
            }

            // when // then
            assertThat(rig.find("a", "u", KeyKind.UNIQUE)).contains(position);
            assertThat(rig.find("a", "k1", KeyKind.KEY)).contains(position);
            assertThat(rig.find("a", "k2", KeyKind.KEY)).contains(position);
            assertThat(rig.find("a", "two words", KeyKind.TAG)).contains(position);
            assertThat(rig.find("a", "k1", KeyKind.UNIQUE)).isEmpty();
            assertThat(rig.find("a", "u", KeyKind.KEY)).isEmpty();
            assertThat(rig.find("a", "two", KeyKind.TAG)).isEmpty();
            assertThat(rig.find("a", "", KeyKind.KEY)).isEmpty();
            assertThat(rig.find("a", "y", KeyKind.KEY)).isEmpty();
            assertThat(rig.find("b", "k1", KeyKind.KEY)).isEmpty();
        }
    }

    @Test
    void shouldTakeTheLastValueOfAPropertyThatComesTwice() {
        // given // when
        long position = rig.append("a", 0, unique("old") + unique("new"), 0);

        // then
        assertThat(rig.find("a", "new", KeyKind.UNIQUE)).containsExactly(position);
        assertThat(rig.find("a", "old", KeyKind.UNIQUE)).isEmpty();
    }

    @Test
    void shouldShowTheNewestFirstAndNoMoreThanAsked() {
        // given
        List<Long> positions = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            positions.addFirst(rig.append("a", i % 4, "KEYS\1k other k\2", 0));
            if (i == 9 || i == 19) {
                rig.freezeAndPersist();
            }
        }
        rig.freeze();
        positions.addFirst(rig.append("a", 0, "KEYS\1k\2", 0));

        // when // then
        assertThat(rig.find("a", "k", KeyKind.KEY)).isEqualTo(positions);
        for (int most = 0; most <= 31; most++) {
            assertThat(rig.find("a", "k", KeyKind.KEY, most, 0, Long.MAX_VALUE))
                    .isEqualTo(positions.subList(0, most));
        }
        assertThat(rig.find("a", "k", KeyKind.KEY, -1, 0, Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void shouldKnowHalfMessagesAndCommittedOnesButNotThoseRolledBack() {
        // given
        List<Long> expected = new ArrayList<>();
        expected.addFirst(rig.append("a", 0, unique("u"), 0));
        expected.addFirst(rig.append("a", 0, unique("u"), SysFlag.PREPARED));
        expected.addFirst(rig.append("a", 0, unique("u"), SysFlag.COMMITTED));
        rig.append("a", 0, unique("u"), SysFlag.ROLLED_BACK);

        // when // then
        assertThat(rig.find("a", "u", KeyKind.UNIQUE)).isEqualTo(expected);
    }

    @Test
    void shouldBoundByStoreTimeBothEndsIncluded() {
        // given very many messages with one tag
        Map<Long, Long> timeOf = new HashMap<>();
        for (int i = 0; i < 3000; i++) {
            rig.time = 10 * (i / 3);
            timeOf.put(rig.append("a", 0, "TAGS\1t\2", 0), rig.time);
            if (i % 1200 == 1199) {
                rig.freezeAndPersist();
            }
        }

        for (long[] range :
                new long[][] {
                    {0, 0},
                    {10, 10},
                    {5, 9},
                    {3990, 4000},
                    {4000, 4010},
                    {-5, 5},
                    {9_990, 20_000},
                    {20_000, 30_000},
                    {700, 600},
                    {123, 456},
                    {0, 9_980}
                }) {
            // when
            List<Long> found = rig.find("a", "t", KeyKind.TAG, 9999, range[0], range[1]);

            // then
            List<Long> expected =
                    timeOf.entrySet().stream()
                            .filter(sent -> sent.getValue() >= range[0])
                            .filter(sent -> sent.getValue() <= range[1])
                            .map(Map.Entry::getKey)
                            .sorted(Collections.reverseOrder())
                            .toList();
            assertThat(found).as("%s to %s", range[0], range[1]).isEqualTo(expected);
        }
    }

    @Test
    void shouldReadFewRecordsForAnOldHourOfAPopularTag() {
        // given
        for (int i = 0; i < 20_000; i++) {
            rig.time = i;
            rig.append("a", 0, "TAGS\1t\2", 0);
        }
        rig.freezeAndPersist();
        AtomicInteger reads = new AtomicInteger();
        KeyIndex counted =
                new KeyIndex(
                        rig.generations,
                        rig.files,
                        (position, question) -> {
                            reads.incrementAndGet();
                            return rig.test(position, question);
                        },
                        rig.queues::shows);

        // when
        long[] found = counted.find("a", "t", KeyKind.TAG, 64, 300, 310);

        // then
        assertThat(found).hasSize(11);
        assertThat(reads.get()).isLessThan(60);
    }

    @Test
    void shouldNeverShowAnotherKeyOfTheSameHash() {
        // given two keys of one hash
        Map<Integer, String> met = new HashMap<>();
        String first = null;
        String second = null;
        for (int i = 0; second == null; i++) {
            String before = met.put(hash("u" + i), "u" + i);
            if (before != null) {
                first = before;
                second = "u" + i;
            }
        }
        for (int i = 0; i < 3; i++) {
            // when
            long one = rig.append("a", 0, unique(first), 0);
            long other = rig.append("a", 0, unique(second), 0);

            // then
            assertThat(rig.find("a", first, KeyKind.UNIQUE)).startsWith(one).hasSize(i + 1);
            assertThat(rig.find("a", second, KeyKind.UNIQUE)).startsWith(other).hasSize(i + 1);
            rig.freezeAndPersist();
            assertThat(rig.find("a", first, KeyKind.UNIQUE)).startsWith(one).hasSize(i + 1);
            assertThat(rig.find("a", second, KeyKind.UNIQUE)).startsWith(other).hasSize(i + 1);
        }
    }

    private static int hash(String key) {
        byte[] bytes = key.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return KeyHash.ofKey(KeyHash.ofTopic(new byte[] {'a'}), KeyKind.UNIQUE, bytes);
    }

    @Test
    void shouldNotShowAnEarlierLifeOfATopic() {
        // given
        rig.append("a", 0, unique("u"), 0);
        rig.freezeAndPersist();
        rig.append("a", 0, unique("u"), 0);

        // when
        rig.remove("a");

        // then
        assertThat(rig.find("a", "u", KeyKind.UNIQUE)).isEmpty();
        long again = rig.append("a", 0, unique("u"), 0);
        assertThat(rig.find("a", "u", KeyKind.UNIQUE)).containsExactly(again);
        rig.freezeAndPersist();
        assertThat(rig.find("a", "u", KeyKind.UNIQUE)).containsExactly(again);
        assertThat(rig.find("rmq_sys_bolide_state", "k0", KeyKind.KEY)).isEmpty();
    }

    @Test
    void shouldNotShowWhatIsHidden() {
        // given
        rig.append("a", 0, unique("u"), 0);
        long second = rig.append("a", 0, unique("u"), 0);

        // when
        rig.queue("a", 0).hideBelow(1);

        // then
        assertThat(rig.find("a", "u", KeyKind.UNIQUE)).containsExactly(second);
    }

    @Test
    void shouldFindEveryOneOfManyKeys() {
        // given
        int count = 30_000;
        List<Long> positions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            positions.add(rig.append("a", 0, unique("u" + i) + "TAGS\1common\2", 0));
        }
        rig.freezeAndPersist();

        // when // then
        for (int i = 0; i < count; i += 7) {
            assertThat(rig.find("a", "u" + i, KeyKind.UNIQUE)).containsExactly(positions.get(i));
        }
        assertThat(rig.find("a", "common", KeyKind.TAG)).hasSize(count);
    }

    @Test
    void shouldPassOverRecordsThatAreGone() {
        // given
        rig.append("a", 0, unique("u"), 0);
        long second = rig.append("a", 0, unique("u"), 0);
        rig.freezeAndPersist();

        // when
        rig.retire(second);

        // then
        assertThat(rig.find("a", "u", KeyKind.UNIQUE)).containsExactly(second);
    }

    @Test
    void shouldShowEachRecordOnceWhileItsGenerationBecomesAFile() {
        for (int when = 1; when <= 30; when++) {
            // given a search that is overtaken at its n-th record
            IndexRig own = new IndexRig();
            List<Long> expected = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                expected.addFirst(own.append("a", 0, "TAGS\1t\2", 0));
                if (i == 9) {
                    own.freezeAndPersist();
                } else if (i == 19) {
                    own.freeze();
                }
            }
            AtomicInteger met = new AtomicInteger();
            int overtakenAt = when;
            RecordReader log =
                    (position, question) -> {
                        if (met.incrementAndGet() == overtakenAt) {
                            own.persist();
                            own.freezeAndPersist();
                            for (IndexFile file : own.files.all()) {
                                own.files.rebuild(file.stretch(), own);
                            }
                        }
                        return own.test(position, question);
                    };
            KeyIndex index = new KeyIndex(own.generations, own.files, log, own.queues::shows);

            // when
            long[] found = index.find("a", "t", KeyKind.TAG, 100, 0, Long.MAX_VALUE);

            // then
            assertThat(found).as("overtaken at %s", when).hasSize(30);
            for (int i = 0; i < found.length; i++) {
                assertThat(found[i]).isEqualTo(expected.get(i));
            }
        }
    }
}
