package bolide.broker.statistics;

import bolide.broker.refusal.Outcome;
import bolide.broker.refusal.Refusal;
import bolide.protocol.statistics.StatisticsData;
import bolide.protocol.statistics.StatisticsQuestion;
import bolide.protocol.text.Excerpt;
import bolide.remoting.BlockingHandler;
import bolide.remoting.Caller;
import java.util.Optional;

/// Tells the course of one figure over the last minute, hour and day.
public final class ViewStatistics
        implements BlockingHandler<StatisticsQuestion, Outcome<StatisticsData>> {
    private static final char SEPARATOR = '@';

    private final Traffic traffic;
    private final String cluster;

    /// @param cluster the key of what is counted for the whole broker
    public ViewStatistics(Traffic traffic, String cluster) {
        this.traffic = traffic;
        this.cluster = cluster;
    }

    @Override
    public Outcome<StatisticsData> handle(StatisticsQuestion question, Caller caller) {
        long now = traffic.nowMillis();
        Optional<StatisticsData> data =
                switch (question.name()) {
                    case "TOPIC_PUT_NUMS" ->
                            traffic.ofTopic(question.key()).map(meter -> meter.messageData(now));
                    case "TOPIC_PUT_SIZE" ->
                            traffic.ofTopic(question.key()).map(meter -> meter.byteData(now));
                    case "GROUP_GET_NUMS" ->
                            ofGroup(question.key()).map(meter -> meter.messageData(now));
                    case "GROUP_GET_SIZE" ->
                            ofGroup(question.key()).map(meter -> meter.byteData(now));
                    case "BROKER_PUT_NUMS" ->
                            ofBroker(question.key(), traffic.allTaken())
                                    .map(meter -> meter.messageData(now));
                    case "BROKER_GET_NUMS" ->
                            ofBroker(question.key(), traffic.allHandedOut())
                                    .map(meter -> meter.messageData(now));
                    default -> Optional.empty();
                };
        return data.map(Outcome::of).orElseGet(() -> unknown(question));
    }

    private Optional<Meter> ofGroup(String key) {
        int at = key.indexOf(SEPARATOR);
        return at < 0
                ? Optional.empty()
                : traffic.ofGroup(key.substring(0, at), key.substring(at + 1));
    }

    private Optional<Meter> ofBroker(String key, Meter meter) {
        return key.equals(cluster) ? Optional.of(meter) : Optional.empty();
    }

    private static Outcome<StatisticsData> unknown(StatisticsQuestion question) {
        return Outcome.refused(
                Refusal.Reason.NOT_FOUND,
                "nothing was counted as "
                        + Excerpt.of(question.name())
                        + " of "
                        + Excerpt.of(question.key())
                        + " during the last day; there are TOPIC_PUT_NUMS and _SIZE of a topic,"
                        + " GROUP_GET_NUMS and _SIZE of topic@group, BROKER_PUT_NUMS and"
                        + " BROKER_GET_NUMS of the cluster");
    }
}
