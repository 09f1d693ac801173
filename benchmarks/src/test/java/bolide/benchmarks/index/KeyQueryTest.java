package bolide.benchmarks.index;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.protocol.message.SysFlag;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The same messages in Apache's store and in ours, and the same queries.
class KeyQueryTest {
    private static final long BEGINNING = 1_700_000_000_000L;
    private static final long SECOND = 1000;
    private static final int MESSAGES = 3000;
    private static final int MOST = 64;
    private static final List<String> TOPICS = List.of("orders", "payments");

    @TempDir private Path temporary;

    private static String properties(String unique, String keys, String tag) {
        return (unique.isEmpty() ? "" : "UNIQ_KEY\1" + unique + "\2")
                + (keys.isEmpty() ? "" : "KEYS\1" + keys + "\2")
                + (tag.isEmpty() ? "" : "TAGS\1" + tag + "\2");
    }

    private static List<KeyedMessage> messages(SplittableRandom random) {
        List<KeyedMessage> messages = new ArrayList<>();
        long time = BEGINNING;
        for (int i = 0; i < MESSAGES; i++) {
            time += random.nextInt(4) == 0 ? SECOND * random.nextInt(20) : 0;
            List<String> keys = new ArrayList<>();
            for (int k = random.nextInt(4); k > 0; k--) {
                keys.add("key-" + random.nextInt(random.nextBoolean() ? 4 : 400));
            }
            messages.add(
                    new KeyedMessage(
                            i,
                            TOPICS.get(random.nextInt(TOPICS.size())),
                            time,
                            0,
                            properties(
                                    "id-" + i % 2900,
                                    String.join(" ", keys.stream().distinct().toList()),
                                    random.nextBoolean() ? "" : "tag" + random.nextInt(3))));
        }
        return messages;
    }

    private static List<KeyQuery> queries(SplittableRandom random, long last) {
        List<KeyQuery> queries = new ArrayList<>();
        int span = (int) ((last - BEGINNING) / SECOND);
        for (int i = 0; i < 2000; i++) {
            long from = BEGINNING + SECOND * random.nextInt(-50, span + 50);
            long to = from + SECOND * random.nextInt(random.nextBoolean() ? 10 : span);
            boolean open = random.nextInt(4) == 0;
            char kind = "KKUT".charAt(random.nextInt(4));
            String key =
                    switch (kind) {
                        case 'U' -> "id-" + random.nextInt(2950);
                        case 'T' -> "tag" + random.nextInt(4);
                        default -> "key-" + random.nextInt(random.nextBoolean() ? 4 : 420);
                    };
            queries.add(
                    new KeyQuery(
                            TOPICS.get(random.nextInt(TOPICS.size())),
                            key,
                            kind,
                            List.of(1, 7, 32, MOST).get(random.nextInt(4)),
                            open ? 0 : from,
                            open ? Long.MAX_VALUE : to));
        }
        return queries;
    }

    @Test
    void shouldFindWhatApacheFinds() throws Exception {
        // given
        SplittableRandom random = new SplittableRandom(7);
        List<KeyedMessage> messages = messages(random);
        List<KeyQuery> queries = queries(random, messages.getLast().time());

        // when
        List<List<Integer>> theirs =
                ApacheKeysProcess.answer(temporary.resolve("apache"), messages, queries);
        List<List<Integer>> ours =
                BolideKeys.answer(temporary.resolve("bolide"), messages, queries);

        // then
        for (int i = 0; i < queries.size(); i++) {
            assertThat(ours.get(i).reversed()) // theirs come oldest first, of the newest ones
                    .as(queries.get(i).toLine())
                    .isEqualTo(theirs.get(i));
        }
        assertThat(ours.stream().filter(found -> found.size() == MOST).count()).isGreaterThan(50);
        assertThat(ours.stream().filter(List::isEmpty).count()).isBetween(100L, 1500L);
    }

    @Test
    void shouldBeMoreExactWhereApacheIsNot() throws Exception {
        // given
        List<KeyedMessage> messages = new ArrayList<>();
        messages.add(keyed(0, 0, "Aa"));
        messages.add(keyed(1, 400, "BB")); // of the same String.hashCode
        messages.add(keyed(2, 1700, "k k"));
        messages.add(keyed(3, 2500, "id"));
        messages.add(new KeyedMessage(4, "orders", BEGINNING + 2600, 0, properties("id", "", "")));
        messages.add(
                new KeyedMessage(
                        5,
                        "orders",
                        BEGINNING + 2700,
                        SysFlag.ROLLED_BACK,
                        properties("", "gone", "")));
        for (int i = 0; i < 100; i++) {
            messages.add(keyed(100 + i, 5000, "many"));
        }
        List<KeyQuery> queries =
                List.of(
                        query("Aa", 'K', 0, 9000),
                        query("k", 'K', 0, 9000),
                        query("k", 'K', 1700, 1700),
                        query("k", 'K', 1000, 1500),
                        query("id", 'K', 0, 9000),
                        query("id", 'U', 0, 9000),
                        query("gone", 'K', 0, 9000),
                        new KeyQuery("orders", "many", 'K', 100, 0, Long.MAX_VALUE));

        // when
        List<List<Integer>> theirs =
                ApacheKeysProcess.answer(temporary.resolve("apache"), messages, queries);
        List<List<Integer>> ours =
                BolideKeys.answer(temporary.resolve("bolide"), messages, queries);

        // then
        assertThat(theirs.subList(0, 7))
                .containsExactly(
                        List.of(0, 1),
                        List.of(2, 2),
                        List.of(),
                        List.of(2, 2),
                        List.of(3, 4),
                        List.of(3, 4),
                        List.of());
        assertThat(theirs.get(7)).hasSize(MOST).startsWith(136).endsWith(199);
        assertThat(ours.subList(0, 7))
                .containsExactly(
                        List.of(0),
                        List.of(2),
                        List.of(2),
                        List.of(),
                        List.of(3),
                        List.of(4),
                        List.of());
        assertThat(ours.get(7)).hasSize(100).startsWith(199).endsWith(100);
    }

    private static KeyedMessage keyed(int number, long millis, String keys) {
        return new KeyedMessage(number, "orders", BEGINNING + millis, 0, properties("", keys, ""));
    }

    private static KeyQuery query(String key, char kind, long from, long to) {
        return new KeyQuery("orders", key, kind, MOST, BEGINNING + from, BEGINNING + to);
    }
}
