package bolide.broker.tcp;

import static bolide.protocol.frame.RequestCode.*;

import bolide.broker.statistics.ConsumeProgress;
import bolide.broker.statistics.RuntimeFigures;
import bolide.broker.statistics.ViewStatistics;
import bolide.broker.topic.TopicLookup;
import bolide.broker.topic.Topics;
import bolide.protocol.config.KvTable;
import bolide.protocol.frame.Frame;
import bolide.protocol.statistics.BrokerConsumeStats;
import bolide.protocol.statistics.ConsumeStats;
import bolide.protocol.statistics.ConsumeStatsQuestion;
import bolide.protocol.statistics.ConsumeTimeSpan;
import bolide.protocol.statistics.StatisticsQuestion;
import bolide.remoting.Answer;
import bolide.remoting.Caller;
import bolide.remoting.RequestTable;

/// How the broker and its consumers are doing, a line each.
public record StatisticsRequests(
        RuntimeFigures figures, ViewStatistics view, ConsumeProgress progress, Topics topics) {

    public void addTo(RequestTable table) {
        table.blocking(
                        GET_BROKER_RUNTIME_INFO,
                        frame -> frame,
                        (frame, caller) -> figures.table(),
                        (KvTable values) -> Answer.ok(values.encode()))
                .blocking(
                        VIEW_BROKER_STATS_DATA,
                        StatisticsQuestion::decode,
                        view,
                        outcome -> RefusalCodes.answer(outcome, data -> Answer.ok(data.encode())))
                .blocking(
                        GET_CONSUME_STATS,
                        ConsumeStatsQuestion::decode,
                        progress::of,
                        (ConsumeStats stats) -> Answer.ok(stats.encode()))
                .blocking(
                        GET_BROKER_CONSUME_STATS,
                        frame -> frame.fields().truth("isOrder", false),
                        progress::ofAll,
                        (BrokerConsumeStats stats) -> Answer.ok(stats.encode()))
                .blocking(QUERY_CONSUME_TIME_SPAN, frame -> frame, this::spans, answer -> answer);
    }

    private Answer spans(Frame request, Caller caller) {
        String topic = request.fields().text("topic");
        String group = request.fields().text("group");
        return switch (topics.existing(topic, 0)) {
            case TopicLookup.Refused refused -> RefusalCodes.answer(refused.refusal());
            case TopicLookup.Usable usable ->
                    Answer.ok(ConsumeTimeSpan.encode(progress.spans(topic, group)));
        };
    }
}
