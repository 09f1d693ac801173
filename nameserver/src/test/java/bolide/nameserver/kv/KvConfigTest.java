package bolide.nameserver.kv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bolide.protocol.config.KvEntry;
import bolide.protocol.config.KvKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KvConfigTest {
    private static final KvKey ORDERS = new KvKey(KvKey.ORDER_TOPICS, "Orders");

    private final MemoryKv memory = new MemoryKv();
    private final KvConfig values = new KvConfig(memory);

    @Test
    void shouldKeepValuesOverARestart() {
        // given
        values.put(new KvEntry(ORDERS, "a:4;b:4"));
        values.put(new KvEntry(new KvKey("n", "ke\"y"), "välue\n\\"));
        values.put(new KvEntry(new KvKey("n", "gone"), "x"));
        values.remove(new KvKey("n", "gone"));

        // when
        KvConfig again = new KvConfig(memory);

        // then
        assertThat(again.find(ORDERS)).contains("a:4;b:4");
        assertThat(again.namespace("n")).contains(new TreeMap<>(Map.of("ke\"y", "välue\n\\")));
    }

    @Test
    void shouldReplaceAValue() {
        // given
        values.put(new KvEntry(ORDERS, "a:4"));

        // when
        KvChange change = values.put(new KvEntry(ORDERS, "a:8"));

        // then
        assertThat(change).isEqualTo(new KvChange.Done());
        assertThat(values.find(ORDERS)).contains("a:8");
    }

    @Test
    void shouldTellAnEmptiedNamespaceFromOneThatNeverWas() {
        // given
        values.put(new KvEntry(ORDERS, "a:4"));

        // when
        values.remove(ORDERS);

        // then
        assertThat(values.namespace(KvKey.ORDER_TOPICS))
                .hasValueSatisfying(left -> assertThat(left).isEmpty());
        assertThat(values.namespace("never")).isEmpty();
        assertThat(new KvConfig(memory).namespace(KvKey.ORDER_TOPICS)).isPresent();
    }

    @Test
    void shouldShowNothingThatIsNotKept() {
        // given
        values.put(new KvEntry(ORDERS, "a:4"));
        memory.fill();

        // when
        KvChange put = values.put(new KvEntry(ORDERS, "a:8"));
        KvChange removed = values.remove(ORDERS);

        // then
        assertThat(put)
                .isEqualTo(
                        new KvChange.Refused(
                                "key \"Orders\" stays as it was: cannot write memory: no space"
                                        + " left"));
        assertThat(removed).isInstanceOf(KvChange.Refused.class);
        assertThat(values.find(ORDERS)).contains("a:4");
    }

    @Test
    void shouldWriteNothingWhenNothingChanges() {
        // given
        values.put(new KvEntry(ORDERS, "a:4"));
        memory.fill();

        // when / then
        assertThat(values.put(new KvEntry(ORDERS, "a:4"))).isEqualTo(new KvChange.Done());
        assertThat(values.remove(new KvKey("n", "never"))).isEqualTo(new KvChange.Done());
    }

    @Test
    void shouldKeepUpToALimit() {
        // given
        String half = "v".repeat(KvConfig.MOST_BYTES / 2);
        values.put(new KvEntry(new KvKey("n", "1"), half));

        // when
        KvChange change = values.put(new KvEntry(new KvKey("n", "2"), half));

        // then
        assertThat(change)
                .isInstanceOfSatisfying(
                        KvChange.Refused.class,
                        refused ->
                                assertThat(refused.detail())
                                        .contains("at most 4194304 are kept: delete"));
        assertThat(values.find(new KvKey("n", "2"))).isEmpty();
    }

    @Test
    void shouldForgetValuesOfAConfigurationThatIsTooLarge() {
        // given
        KvKey large = new KvKey("n", "large");
        KvKey small = new KvKey("n", "small");
        memory.put(
                "{\"configTable\":{\"n\":{\"small\":\"v\",\"large\":\""
                        + "v".repeat(KvConfig.MOST_BYTES)
                        + "\"}}}");
        KvConfig taken = new KvConfig(memory);

        // when
        KvChange first = taken.remove(small);
        KvChange second = taken.remove(large);

        // then
        assertThat(first).isInstanceOf(KvChange.Done.class);
        assertThat(second).isInstanceOf(KvChange.Done.class);
        assertThat(new KvConfig(memory).find(large)).isEmpty();
    }

    @Test
    void shouldWriteAgainWhatMayHaveBeenOverwrittenByAChangeThatFailed() {
        // given: whoever failed may have written, and failed after that
        values.put(new KvEntry(ORDERS, "a:4"));
        memory.fill();
        assertThat(values.put(new KvEntry(ORDERS, "a:8"))).isInstanceOf(KvChange.Refused.class);
        memory.free();
        int writes = memory.writes();

        // when
        values.put(new KvEntry(ORDERS, "a:4"));
        values.put(new KvEntry(ORDERS, "a:4"));

        // then
        assertThat(memory.writes()).isEqualTo(writes + 1);
    }

    @Test
    void shouldReadWhatApachesNameServerWrote() {
        // given: as its 5.5.0 wrote it
        memory.put(
                "{\"configTable\":{\"\":{\"\":\"\"},\"ORDER_TOPIC_CONFIG\":{\"T\":\"a:4;b:2\"},"
                        + "\"n\":{}}}");

        // when
        KvConfig taken = new KvConfig(memory);

        // then
        assertThat(taken.find(new KvKey(KvKey.ORDER_TOPICS, "T"))).contains("a:4;b:2");
        assertThat(taken.find(new KvKey("", ""))).contains("");
        assertThat(taken.namespace("n")).isPresent();
    }

    @Test
    void shouldNoticeEachFlippedBitOfAValue() {
        // given
        values.put(new KvEntry(ORDERS, "a:4"));
        String text = memory.text();

        // when
        memory.put(text.replace("a:4", "a:5"));

        // then
        assertThatThrownBy(() -> new KvConfig(memory))
                .isInstanceOf(KvStorageException.class)
                .hasMessageMatching(
                        "memory is damaged: its content has the checksum [0-9]+, not [0-9]+; put a"
                            + " copy of it in its place, or move it away to begin without values");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{}",
                "null",
                "{\"configTable\":[]}",
                "{\"configTable\":{}}x"
            })
    void shouldSayWhatIsWrongWithAFile(String text) {
        // given
        memory.put(text);

        // when / then
        assertThatThrownBy(() -> new KvConfig(memory))
                .isInstanceOf(KvStorageException.class)
                .hasMessageStartingWith("memory is damaged, or no name server's: ")
                .hasMessageEndingWith("move it away to begin without values");
    }

    @Test
    void shouldTakeOrRefuseAFileWhicheverBitIsFlipped() {
        // given
        values.put(new KvEntry(ORDERS, "a:4;b:4"));
        byte[] kept = memory.text().getBytes(StandardCharsets.UTF_8);

        // when
        int refused = 0;
        for (int bit = 0; bit < 8 * kept.length; bit++) {
            byte[] flipped = kept.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                KvFormat.decode(ByteBuffer.wrap(flipped));
            } catch (KvStorageException damaged) {
                refused++;
            }
        }

        // then: only what names the checksum may become something that is passed over
        assertThat(refused).isGreaterThanOrEqualTo(8 * (kept.length - "checksum".length()));
    }

    @Test
    void shouldEndCutFilesWithAnErrorNotWithValues() {
        // given
        values.put(new KvEntry(ORDERS, "a:4;b:4"));
        String text = memory.text();

        // when / then
        for (int length = 0; length < text.length(); length++) {
            memory.put(text.substring(0, length));
            assertThatThrownBy(() -> new KvConfig(memory))
                    .as("the first %s characters", length)
                    .isInstanceOf(KvStorageException.class);
        }
    }
}
