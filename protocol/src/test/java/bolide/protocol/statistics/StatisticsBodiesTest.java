package bolide.protocol.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.protocol.group.Subscription;
import bolide.protocol.offset.ConsumerStatus;
import bolide.protocol.offset.QueueOffsets;
import bolide.protocol.query.QueueDump;
import bolide.protocol.route.MessageQueue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What administrators are answered has the shapes that Apache's tools read. */
class StatisticsBodiesTest {
    private static final MessageQueue QUEUE = new MessageQueue("Orders", "bk", 1);
    private static final String KEY = "{\"brokerName\":\"bk\",\"queueId\":1,\"topic\":\"Orders\"}";

    private static String text(ByteBuffer body) {
        return StandardCharsets.UTF_8.decode(body.duplicate()).toString();
    }

    @Test
    void shouldWriteTheCourseOfAFigure() {
        // given
        StatisticsData data =
                new StatisticsData(
                        new StatisticsData.Span(6, 0.1, 1),
                        new StatisticsData.Span(36, 0.01, 1),
                        StatisticsData.Span.NONE);

        // when
        ByteBuffer body = data.encode();

        // then
        assertThat(text(body))
                .isEqualTo(
                        "{\"statsDay\":{\"avgpt\":0.0,\"sum\":0,\"tps\":0.0},"
                                + "\"statsHour\":{\"avgpt\":1.0,\"sum\":36,\"tps\":0.01},"
                                + "\"statsMinute\":{\"avgpt\":1.0,\"sum\":6,\"tps\":0.1}}");
        assertThat(StatisticsData.decode(body)).isEqualTo(data);
    }

    @Test
    void shouldWriteHowFarAGroupHasComeWithQueuesAsKeys() {
        // given
        ConsumeStats stats =
                new ConsumeStats(List.of(new QueueProgress(QUEUE, 9, 4, 6, 1_700_000_000_000L)), 2);

        // when
        ByteBuffer body = stats.encode();

        // then
        String json =
                "{\"consumeTps\":2.0,\"offsetTable\":{"
                        + KEY
                        + ":{\"brokerOffset\":9,\"consumerOffset\":4,"
                        + "\"lastTimestamp\":1700000000000,\"pullOffset\":6}}}";
        assertThat(text(body)).isEqualTo(json);
        assertThat(ConsumeStats.decode(body)).isEqualTo(stats);

        // when
        BrokerConsumeStats all =
                new BrokerConsumeStats("h:1", new TreeMap<>(Map.of("G", List.of(stats))));

        // then
        assertThat(text(all.encode()))
                .isEqualTo(
                        "{\"brokerAddr\":\"h:1\",\"consumeStatsList\":[{\"G\":["
                                + json
                                + "]}],\"totalDiff\":5,\"totalInflightDiff\":2}");
        assertThat(BrokerConsumeStats.decode(all.encode())).isEqualTo(all);
    }

    @Test
    void shouldWriteTimeSpans() {
        // given
        ConsumeTimeSpan span = new ConsumeTimeSpan(QUEUE, 1, 3, 2, 40);

        // when
        ByteBuffer body = ConsumeTimeSpan.encode(List.of(span));

        // then
        assertThat(text(body))
                .isEqualTo(
                        "{\"consumeTimeSpanSet\":[{\"consumeTimeStamp\":2,\"delayTime\":40,"
                                + "\"maxTimeStamp\":3,\"messageQueue\":"
                                + KEY
                                + ",\"minTimeStamp\":1}]}");
        assertThat(ConsumeTimeSpan.decode(body)).containsExactly(span);
    }

    @Test
    void shouldWriteOffsetsByQueue() {
        // given
        SortedMap<MessageQueue, Long> offsets = new TreeMap<>(Map.of(QUEUE, 120L));

        // when
        ByteBuffer body = QueueOffsets.encode(offsets);
        ByteBuffer members = ConsumerStatus.encode(new TreeMap<>(Map.of("cid", offsets)));

        // then
        assertThat(text(body)).isEqualTo("{\"offsetTable\":{" + KEY + ":120}}");
        assertThat(QueueOffsets.decode(body)).isEqualTo(offsets);
        assertThat(text(members)).isEqualTo("{\"consumerTable\":{\"cid\":{" + KEY + ":120}}}");
        assertThat(ConsumerStatus.decode(members)).isEqualTo(Map.of("cid", offsets));
    }

    @Test
    void shouldWriteAConsumeQueue() {
        // given
        QueueDump dump =
                new QueueDump(
                        Optional.of(Subscription.ofTags("Orders", "a", 7)),
                        0,
                        9,
                        List.of(new QueueDump.Row(4096, 200, 97, true, "")));

        // when
        ByteBuffer body = dump.encode();

        // then
        assertThat(text(body))
                .startsWith(
                        "{\"maxQueueIndex\":9,\"minQueueIndex\":0,\"queueData\":[{\"eval\":true,"
                                + "\"msg\":\"\",\"physicOffset\":4096,\"physicSize\":200,"
                                + "\"tagsCode\":97}],\"subscriptionData\":{");
        assertThat(QueueDump.decode(body)).isEqualTo(dump);
    }
}
