package bolide.client.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.protocol.route.MessageQueue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllocationTest {
    @ParameterizedTest(name = "{0} queues, {1} members: {2}")
    @CsvSource({
        "0, 1, ''",
        "1, 1, 0",
        "8, 1, 01234567",
        "8, 2, 0123 4567",
        "8, 3, 012 345 67",
        "7, 3, 012 34 56",
        "4, 4, 0 1 2 3",
        "3, 4, 0 1 2 -",
        "2, 5, 0 1 - - -",
        "9, 2, 01234 5678",
    })
    void shouldGiveEachMemberItsBlock(int queueCount, int memberCount, String expected) {
        // given
        List<MessageQueue> queues = queues(queueCount);
        List<String> members = members(memberCount);

        // when
        String shares =
                members.stream()
                        .map(member -> Allocation.average(queues, members, member))
                        .map(AllocationTest::text)
                        .collect(Collectors.joining(" "));

        // then
        assertThat(shares).isEqualTo(queueCount == 0 ? "-" : expected);
    }

    @Test
    void shouldNotDependOnTheOrderOfQueuesAndMembers() {
        // given
        List<MessageQueue> queues = new ArrayList<>(queues(5));
        List<String> members = new ArrayList<>(members(2));
        List<MessageQueue> before = Allocation.average(queues, members, "m1");

        // when
        Collections.reverse(queues);
        Collections.reverse(members);
        members.add("m0"); // named twice

        // then
        assertThat(Allocation.average(queues, members, "m1")).isEqualTo(before);
    }

    @Test
    void shouldSortBrokersBeforeNumbers() {
        // given
        List<MessageQueue> queues =
                List.of(
                        new MessageQueue("t", "b", 0),
                        new MessageQueue("t", "a", 1),
                        new MessageQueue("t", "b", 1),
                        new MessageQueue("t", "a", 0));

        // when
        List<MessageQueue> first = Allocation.average(queues, List.of("m0", "m1"), "m0");

        // then
        assertThat(first).extracting(MessageQueue::brokerName).containsOnly("a");
    }

    @Test
    void shouldGiveAStrangerNothing() {
        // given / when / then
        assertThat(Allocation.average(queues(4), members(2), "stranger")).isEmpty();
        assertThat(Allocation.average(queues(4), List.of(), "stranger")).isEmpty();
    }

    @Test
    void shouldGiveOutEveryQueueOnce() {
        // given
        for (int queueCount = 0; queueCount < 40; queueCount++) {
            for (int memberCount = 1; memberCount < 12; memberCount++) {
                List<MessageQueue> queues = queues(queueCount);
                List<String> members = members(memberCount);

                // when
                List<MessageQueue> all =
                        members.stream()
                                .flatMap(m -> Allocation.average(queues, members, m).stream())
                                .toList();

                // then
                assertThat(all).containsExactlyInAnyOrderElementsOf(queues);
            }
        }
    }

    private static List<MessageQueue> queues(int count) {
        return IntStream.range(0, count).mapToObj(i -> new MessageQueue("t", "a", i)).toList();
    }

    private static List<String> members(int count) {
        return IntStream.range(0, count).mapToObj(i -> "m" + i).toList();
    }

    private static String text(List<MessageQueue> share) {
        return share.isEmpty()
                ? "-"
                : share.stream().map(q -> "" + q.queueId()).collect(Collectors.joining());
    }
}
