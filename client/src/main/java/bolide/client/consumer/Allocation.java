package bolide.client.consumer;

import bolide.protocol.route.MessageQueue;
import java.util.List;
import java.util.TreeSet;

/**
 * Which member of a group reads which queues, worked out by each member alone: queues and members
 * are sorted, each member gets the next block of queues, and the first members one more while the
 * division leaves a rest. All members must do so in the same way.
 */
final class Allocation {
    private Allocation() {}

    /**
     * @return the member's queues; none when it is no member or there are more members than queues
     */
    static List<MessageQueue> average(
            List<MessageQueue> queues, List<String> memberIds, String memberId) {
        List<MessageQueue> sorted = queues.stream().sorted().toList();
        List<String> members = List.copyOf(new TreeSet<>(memberIds));
        int index = members.indexOf(memberId);
        if (index < 0) {
            return List.of();
        }
        int each = sorted.size() / members.size();
        int rest = sorted.size() % members.size();
        int from = index * each + Math.min(index, rest);
        return sorted.subList(from, from + each + (index < rest ? 1 : 0));
    }
}
