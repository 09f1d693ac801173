package bolide.broker.tcp;

import static bolide.protocol.frame.RequestCode.*;

import bolide.broker.admin.GroupQueries;
import bolide.broker.admin.GroupRequests;
import bolide.protocol.frame.Fields;
import bolide.protocol.frame.ResponseCode;
import bolide.protocol.group.ConsumerIds;
import bolide.protocol.group.DeleteGroups;
import bolide.protocol.group.GroupConfig;
import bolide.protocol.group.GroupNames;
import bolide.protocol.group.GroupTopic;
import bolide.protocol.route.TablePage;
import bolide.protocol.route.TopicList;
import bolide.remoting.Answer;
import bolide.remoting.Payload;
import bolide.remoting.RequestTable;

/// What tools ask of groups in the binary protocol, a line each.
public record GroupTable(GroupRequests changes, GroupQueries queries) {
    public void addTo(RequestTable table) {
        addChangesTo(table);
        table.blocking(
                        GET_ALL_SUBSCRIPTIONGROUP_CONFIG,
                        TablePage::ofGroups,
                        queries::table,
                        GroupTable::encode)
                .blocking(
                        GET_SUBSCRIPTIONGROUP_CONFIG,
                        frame -> frame.fields().text("group"),
                        queries::config,
                        found -> RefusalCodes.answer(found, group -> Answer.ok(group.encode())))
                .blocking(
                        GET_CONSUMER_CONNECTION_LIST,
                        ConsumerIds::groupOf,
                        queries::consumers,
                        found -> RefusalCodes.answer(found, online -> Answer.ok(online.encode())))
                .blocking(
                        GET_PRODUCER_CONNECTION_LIST,
                        frame -> frame.fields().text("producerGroup"),
                        queries::producers,
                        found -> RefusalCodes.answer(found, online -> Answer.ok(online.encode())))
                .blocking(
                        GET_ALL_PRODUCER_INFO,
                        frame -> frame,
                        (request, caller) -> queries.allProducers(),
                        producers -> Answer.ok(producers.encode()))
                .blocking(
                        QUERY_TOPIC_CONSUME_BY_WHO,
                        frame -> frame.fields().text("topic"),
                        queries::groupsOf,
                        groups -> Answer.ok(GroupNames.encode(groups)))
                .blocking(
                        QUERY_TOPICS_BY_CONSUMER,
                        frame -> frame.fields().text("group"),
                        queries::topicsOf,
                        topics -> Answer.ok(new TopicList(topics, "").encode()))
                .blocking(
                        QUERY_SUBSCRIPTION_BY_CONSUMER,
                        GroupTopic::decode,
                        queries::subscription,
                        wish -> Answer.ok(wish.of().encodeSubscription(wish.wanted())));
    }

    private void addChangesTo(RequestTable table) {
        table.blocking(
                        UPDATE_AND_CREATE_SUBSCRIPTIONGROUP,
                        frame -> GroupConfig.decode(frame.body()),
                        changes::put,
                        RefusalCodes::answerOrOk)
                .blocking(
                        UPDATE_AND_CREATE_SUBSCRIPTIONGROUP_LIST,
                        GroupConfig::decodeList,
                        changes::putAll,
                        RefusalCodes::answerOrOk)
                .blocking(
                        DELETE_SUBSCRIPTIONGROUP,
                        DeleteGroups::decode,
                        changes::delete,
                        RefusalCodes::answerOrOk)
                .blocking(
                        DELETE_SUBSCRIPTION_GROUP_LIST,
                        DeleteGroups::decodeList,
                        changes::delete,
                        RefusalCodes::answerOrOk)
                .blocking(
                        UPDATE_AND_GET_GROUP_FORBIDDEN,
                        GroupTopic.Reading::decode,
                        changes::reading,
                        reading -> RefusalCodes.answer(reading, GroupTable::encode));
    }

    private static Answer encode(GroupRequests.Reading reading) {
        return Answer.ok(reading.of().encodeReading(reading.allowed()));
    }

    private static Answer encode(GroupQueries.Part part) {
        return new Answer(
                ResponseCode.SUCCESS,
                "",
                Fields.builder().put("totalGroupNum", part.total()).build(),
                Payload.of(part.table().encode()));
    }
}
