package bolide.broker.tcp;

import static bolide.protocol.frame.RequestCode.*;

import bolide.broker.admin.TopicQueries;
import bolide.broker.admin.TopicRequests;
import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.ResponseCode;
import bolide.protocol.route.TablePage;
import bolide.protocol.route.TopicList;
import bolide.protocol.topic.CreateTopic;
import bolide.remoting.Answer;
import bolide.remoting.Payload;
import bolide.remoting.RequestTable;
import java.util.List;

/// What tools ask of topics in the binary protocol, a line each.
public record TopicTable(TopicRequests changes, TopicQueries queries) {
    public void addTo(RequestTable table) {
        table.blocking(
                        UPDATE_AND_CREATE_TOPIC,
                        CreateTopic::decode,
                        changes::create,
                        RefusalCodes::answerOrOk)
                .blocking(
                        UPDATE_AND_CREATE_TOPIC_LIST,
                        CreateTopic::decodeList,
                        changes::createAll,
                        RefusalCodes::answerOrOk)
                .blocking(
                        DELETE_TOPIC_IN_BROKER,
                        TopicTable::topicOf,
                        changes::delete,
                        RefusalCodes::answerOrOk)
                .blocking(
                        DELETE_TOPIC_IN_BROKER_LIST,
                        frame -> List.copyOf(TopicList.decode(frame.body()).topics()),
                        changes::deleteAll,
                        RefusalCodes::answerOrOk)
                .blocking(
                        GET_ALL_TOPIC_CONFIG,
                        TablePage::ofTopics,
                        queries::table,
                        TopicTable::encode)
                .blocking(
                        GET_TOPIC_CONFIG,
                        TopicTable::topicOf,
                        queries::config,
                        found -> RefusalCodes.answer(found, topic -> Answer.ok(topic.encode())))
                .blocking(
                        GET_TOPIC_STATS_INFO,
                        TopicTable::topicOf,
                        queries::stats,
                        found -> RefusalCodes.answer(found, stats -> Answer.ok(stats.encode())))
                .blocking(
                        GET_SYSTEM_TOPIC_LIST_FROM_BROKER,
                        frame -> frame,
                        (request, caller) -> queries.ofSystem(),
                        names -> Answer.ok(new TopicList(names, "").encode()));
    }

    private static String topicOf(Frame frame) {
        return frame.fields().text("topic");
    }

    private static Answer encode(TopicQueries.Part part) {
        return new Answer(
                ResponseCode.SUCCESS,
                "",
                Fields.builder().put("totalTopicNum", part.total()).build(),
                Payload.of(part.table().encode()));
    }
}
