package bolide.protocol.route;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.protocol.Seeded;
import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The topics of a broker, and the part of them that is asked for. */
class TopicTableTest {
    private static final List<Integer> TABLE = IntStream.range(0, 10_000).boxed().toList();

    @Test
    void shouldReadBackWhatItWrites() {
        Seeded.forEach(
                200,
                seeded -> {
                    // given
                    TopicTable table =
                            new TopicTable(
                                    new DataVersion(
                                            seeded.number(), seeded.number(), seeded.number()),
                                    seeded.list(4, seeded::topic));

                    // when, then
                    assertThat(TopicTable.decode(table.encode())).isEqualTo(table);
                });
    }

    @Test
    void shouldGiveEverythingToThoseWhoCannotAskForMore() {
        // when
        TablePage page = TablePage.ofTopics(Frame.request(21, Fields.NONE));

        // then
        assertThat(page.of(TABLE)).isEqualTo(TABLE);
    }

    @Test
    void shouldGiveAPartToThoseWhoCan() {
        // when, then
        assertThat(page("0", "100").of(TABLE)).isEqualTo(TABLE.subList(0, 100));
        assertThat(page("100", "100").of(TABLE)).isEqualTo(TABLE.subList(100, 200));
        assertThat(page("9990", "100").of(TABLE)).isEqualTo(TABLE.subList(9990, 10_000));
        assertThat(page("20000", "100").of(TABLE)).isEmpty();
        assertThat(page("-1", "-1").of(TABLE)).hasSize(TablePage.MOST_ENTRIES);
        assertThat(page("0", "2147483647").of(TABLE)).hasSize(TablePage.MOST_ENTRIES);
    }

    private static TablePage page(String from, String most) {
        Fields fields = Fields.builder().put("groupSeq", from).put("maxGroupNum", most).build();
        return TablePage.ofGroups(Frame.request(201, fields));
    }
}
