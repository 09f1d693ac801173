package bolide.protocol.statistics;

import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.RequestCode;

/**
 * Asks for the course of one figure over the last day: request 315.
 *
 * @param name which figure: TOPIC_PUT_NUMS, GROUP_GET_NUMS and so on
 * @param key of what: a topic, {@code topic@group}, or the cluster
 */
public record StatisticsQuestion(String name, String key) {
    /**
     * @throws bolide.protocol.frame.InvalidRequestException when a field is missing
     */
    public static StatisticsQuestion decode(Frame frame) {
        return new StatisticsQuestion(
                frame.fields().text("statsName"), frame.fields().text("statsKey"));
    }

    public Frame encode() {
        Fields fields = Fields.builder().put("statsName", name).put("statsKey", key).build();
        return Frame.request(RequestCode.VIEW_BROKER_STATS_DATA, fields);
    }
}
