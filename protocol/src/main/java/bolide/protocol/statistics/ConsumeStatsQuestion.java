package bolide.protocol.statistics;

import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks how far a group has come: request 208.
 *
 * @param group the consumer group
 * @param topics of which; none: of all that the group has to do with
 */
public record ConsumeStatsQuestion(String group, List<String> topics) {
    /**
     * @throws bolide.protocol.frame.InvalidRequestException when the group is missing
     */
    public static ConsumeStatsQuestion decode(Frame frame) {
        Fields fields = frame.fields();
        String list = fields.text("topicList", "");
        List<String> topics = new ArrayList<>();
        for (String topic : (list.isEmpty() ? fields.text("topic", "") : list).split(";")) {
            if (!topic.isBlank()) {
                topics.add(topic);
            }
        }
        return new ConsumeStatsQuestion(fields.text("consumerGroup"), topics);
    }
}
