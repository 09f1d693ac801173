package bolide.store.index;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.store.IndexRig;
import bolide.store.consumequeue.ConsumeQueue;
import bolide.store.consumequeue.ConsumeQueue.Boundary;
import bolide.store.consumequeue.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Compares every answer with that of lists, through random lives from a seed.
class IndexModelTest {
    private static final int TOPICS = 4;
    private static final int QUEUES = 3;
    private static final int KEYS = 5;

    private record Sent(
            String topic, int queueId, long offset, long position, long time, String properties) {}

    private static final class Life {
        private final SplittableRandom random;
        private final IndexRig rig;
        private final Map<String, TreeMap<Long, Sent>> queues = new HashMap<>();
        private final Map<String, Long> ends = new HashMap<>();
        private final List<Sent> halves = new ArrayList<>();
        private final String as;

        private Life(long seed) {
            this.random = new SplittableRandom(seed);
            this.as = "seed " + seed;
            int records = random.nextBoolean() ? 40 : 700;
            this.rig = new IndexRig(new Generation.Limits(records, 1 << 20));
        }

        private void live(int steps) {
            for (int i = 0; i < steps; i++) {
                act();
            }
        }

        private void act() {
            int dice = random.nextInt(1000);
            if (dice < 900) {
                send(random.nextInt(TOPICS), random.nextInt(QUEUES));
            } else if (dice < 905) {
                burst();
            } else if (dice < 915) {
                rig.skip(
                        "t" + random.nextInt(TOPICS),
                        random.nextInt(QUEUES),
                        1 + random.nextInt(9));
            } else if (dice < 920) {
                remove("t" + random.nextInt(TOPICS));
            } else if (dice < 925) {
                retire();
            } else if (dice < 928) {
                rig.reopen();
            } else if (dice < 960) {
                if (rig.frozen != null) {
                    rig.persist();
                }
            } else if (dice < 975) {
                compare();
            }
            if (rig.derived.isFull()) {
                rig.freeze();
            }
        }

        private void burst() {
            int topic = random.nextInt(TOPICS);
            int queueId = random.nextInt(QUEUES);
            int count = random.nextInt(500);
            for (int i = 0; i < count; i++) {
                send(topic, queueId);
            }
        }

        private void send(int number, int queueId) {
            rig.time += random.nextInt(3);
            String topic = "t" + number;
            String properties = properties();
            int sysFlag = random.nextInt(20) == 0 ? 4 * random.nextInt(4) : 0;
            long position = rig.append(topic, queueId, properties, sysFlag);
            if (sysFlag == 4) {
                halves.add(new Sent(topic, queueId, 0, position, rig.time, properties));
            } else if (sysFlag != 12) {
                ConsumeQueue queue = rig.queue(topic, queueId);
                long offset = queue.maxOffset() - 1;
                queues.computeIfAbsent(topic + "@" + queueId, name -> new TreeMap<>())
                        .put(
                                offset,
                                new Sent(topic, queueId, offset, position, rig.time, properties));
                ends.put(topic + "@" + queueId, offset + 1);
            }
        }

        private String properties() {
            StringBuilder properties = new StringBuilder();
            if (random.nextBoolean()) {
                properties.append("UNIQ_KEY\1k").append(random.nextInt(KEYS)).append('\2');
            }
            if (random.nextBoolean()) {
                properties.append("KEYS\1k").append(random.nextInt(KEYS)).append("  k");
                properties.append(random.nextInt(KEYS)).append(" \2");
            }
            if (random.nextBoolean()) {
                properties.append("TAGS\1k").append(random.nextInt(KEYS)).append('\2');
            }
            return properties.toString();
        }

        private void remove(String topic) {
            rig.remove(topic);
            queues.keySet().removeIf(name -> name.startsWith(topic + "@"));
            ends.keySet().removeIf(name -> name.startsWith(topic + "@"));
        }

        private void retire() {
            long to = rig.snapshotPosition();
            Long position = rig.log.ceilingKey(random.nextLong(rig.logStart.get(), to + 1));
            if (position == null || position > to) {
                return;
            }
            rig.retire(position);
            queues.values()
                    .forEach(queue -> queue.values().removeIf(sent -> sent.position() < position));
            halves.removeIf(sent -> sent.position() < position);
        }

        private void compare() {
            for (int t = 0; t < TOPICS; t++) {
                for (int q = 0; q < QUEUES; q++) {
                    compare("t" + t, q);
                }
                compareKeys("t" + t);
            }
        }

        private void compare(String topic, int queueId) {
            String name = topic + "@" + queueId;
            if (!ends.containsKey(name)) {
                assertThat(rig.queues.find(topic, queueId)).as("%s %s", as, name).isEmpty();
                return;
            }
            ConsumeQueue queue = rig.queue(topic, queueId);
            TreeMap<Long, Sent> model = queues.get(name);
            long max = ends.get(name);
            long min = model.isEmpty() ? max : model.firstKey();
            assertThat(queue.maxOffset()).as("max, %s %s", as, name).isEqualTo(max);
            assertThat(queue.minOffset()).as("min, %s %s", as, name).isEqualTo(min);
            Entry entry = new Entry();
            assertThat(queue.read(min - 1, entry)).isFalse();
            assertThat(queue.read(max, entry)).isFalse();
            for (long offset = min; offset < max; offset++) {
                compare(
                        queue,
                        offset,
                        model.get(offset),
                        random.nextBoolean() ? entry : new Entry());
            }
            for (int i = 0; i < 5; i++) {
                compareTimes(queue, model, min, max, random.nextLong(990, rig.time + 10));
            }
        }

        private void compare(ConsumeQueue queue, long offset, Sent sent, Entry entry) {
            assertThat(queue.read(offset, entry)).as(as).isTrue();
            assertThat(entry.isMissing()).as("%s offset %s", as, offset).isEqualTo(sent == null);
            if (sent != null) {
                assertThat(entry.position()).as(as).isEqualTo(sent.position());
                assertThat(entry.storeTimestamp()).as(as).isEqualTo(sent.time());
                assertThat(entry.size()).isEqualTo(rig.log.get(sent.position()).capacity());
            }
        }

        private void compareTimes(
                ConsumeQueue queue, TreeMap<Long, Sent> model, long min, long max, long time) {
            long lower = max;
            long upper = min;
            for (Sent sent : model.values()) {
                lower = lower == max && sent.time() >= time ? sent.offset() : lower;
                upper = sent.time() <= time ? sent.offset() : upper;
            }
            assertThat(queue.offsetAt(time, Boundary.LOWER)).as("%s lower", as).isEqualTo(lower);
            assertThat(queue.offsetAt(time, Boundary.UPPER)).as("%s upper", as).isEqualTo(upper);
        }

        private void compareKeys(String topic) {
            KeyKind kind = KeyKind.values()[random.nextInt(3)];
            String key = "k" + random.nextInt(KEYS + 1);
            long begin = random.nextLong(990, rig.time + 10);
            long until = random.nextBoolean() ? rig.time : random.nextLong(990, rig.time + 10);
            begin = random.nextBoolean() ? 0 : begin;
            int most = random.nextBoolean() ? 100_000 : random.nextInt(10);
            List<Long> expected = new ArrayList<>();
            List<Sent> all = new ArrayList<>(halves);
            queues.values().forEach(queue -> all.addAll(queue.values()));
            for (Sent sent : all) {
                if (sent.topic().equals(topic)
                        && sent.time() >= begin
                        && sent.time() <= until
                        && hasKey(sent.properties(), kind, key)) {
                    expected.add(sent.position());
                }
            }
            expected.sort((a, b) -> Long.compare(b, a));
            assertThat(rig.find(topic, key, kind, most, begin, until))
                    .as("%s %s %s %s", as, topic, kind, key)
                    .isEqualTo(expected.subList(0, Math.min(most, expected.size())));
        }

        private static boolean hasKey(String properties, KeyKind kind, String key) {
            String name =
                    switch (kind) {
                        case UNIQUE -> "UNIQ_KEY";
                        case KEY -> "KEYS";
                        case TAG -> "TAGS";
                    };
            for (String property : properties.split("\2")) {
                if (property.startsWith(name + "\1")) {
                    return List.of(property.substring(name.length() + 1).split(" ")).contains(key);
                }
            }
            return false;
        }
    }

    @Test
    void shouldAnswerLikeLists() {
        for (long seed = 0; seed < 30; seed++) {
            Life life = new Life(seed);
            life.live(4000);
            life.compare();
            life.rig.files.close();
            assertThat(life.rig.volume.open()).as("files left open, seed %s", seed).isZero();
        }
    }
}
