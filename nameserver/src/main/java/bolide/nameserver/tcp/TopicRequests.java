package bolide.nameserver.tcp;

import static bolide.protocol.frame.RequestCode.ADD_WRITE_PERM_OF_BROKER;
import static bolide.protocol.frame.RequestCode.DELETE_TOPIC_IN_NAMESRV;
import static bolide.protocol.frame.RequestCode.GET_ALL_TOPIC_LIST_FROM_NAMESERVER;
import static bolide.protocol.frame.RequestCode.GET_HAS_UNIT_SUB_TOPIC_LIST;
import static bolide.protocol.frame.RequestCode.GET_HAS_UNIT_SUB_UNUNIT_TOPIC_LIST;
import static bolide.protocol.frame.RequestCode.GET_SYSTEM_TOPIC_LIST_FROM_NS;
import static bolide.protocol.frame.RequestCode.GET_TOPICS_BY_CLUSTER;
import static bolide.protocol.frame.RequestCode.GET_UNIT_TOPIC_LIST;
import static bolide.protocol.frame.RequestCode.REGISTER_TOPIC_IN_NAMESRV;
import static bolide.protocol.frame.RequestCode.WIPE_WRITE_PERM_OF_BROKER;

import bolide.nameserver.config.LiveConfig;
import bolide.nameserver.config.Switch;
import bolide.nameserver.route.RouteTable;
import bolide.nameserver.route.TopicLists;
import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.ResponseCode;
import bolide.protocol.route.TopicList;
import bolide.protocol.route.TopicRoute;
import bolide.remoting.Answer;
import bolide.remoting.Reply;
import bolide.remoting.RequestTable;
import java.util.function.Function;
import java.util.function.Supplier;

/// The name server's lines for those who administer topics.
public final class TopicRequests {
    private static final Function<Answer, Answer> AS_IS = Function.identity();

    private final RouteTable routes;
    private final LiveConfig config;

    public TopicRequests(RouteTable routes, LiveConfig config) {
        this.routes = routes;
        this.config = config;
    }

    public void addTo(RequestTable table) {
        TopicLists lists = routes.lists();
        addList(table, GET_ALL_TOPIC_LIST_FROM_NAMESERVER, Switch.ALL_TOPIC_LIST, lists::all);
        addList(table, GET_UNIT_TOPIC_LIST, Switch.TOPIC_LIST, lists::ofUnits);
        addList(table, GET_HAS_UNIT_SUB_TOPIC_LIST, Switch.TOPIC_LIST, lists::subscribedByUnits);
        addList(
                table,
                GET_HAS_UNIT_SUB_UNUNIT_TOPIC_LIST,
                Switch.TOPIC_LIST,
                lists::subscribedByUnitsOnly);
        table.inline(
                        GET_SYSTEM_TOPIC_LIST_FROM_NS,
                        Function.identity(),
                        (Frame any, Reply<Answer> reply) ->
                                reply.send(Answer.ok(lists.system().encode())),
                        AS_IS)
                .inline(
                        GET_TOPICS_BY_CLUSTER,
                        frame -> frame.fields().text("cluster"),
                        (String name, Reply<Answer> reply) ->
                                reply.send(list(Switch.TOPIC_LIST, () -> lists.of(name))),
                        AS_IS)
                .inline(
                        WIPE_WRITE_PERM_OF_BROKER,
                        TopicRequests::brokerNameOf,
                        (String name, Reply<Integer> reply) ->
                                reply.send(routes.wipeWritePermission(name)),
                        count -> count("wipeTopicCount", count))
                .inline(
                        ADD_WRITE_PERM_OF_BROKER,
                        TopicRequests::brokerNameOf,
                        (String name, Reply<Integer> reply) ->
                                reply.send(routes.addWritePermission(name)),
                        count -> count("addTopicCount", count))
                .inline(DELETE_TOPIC_IN_NAMESRV, Deletion::decode, this::delete, AS_IS)
                .inline(REGISTER_TOPIC_IN_NAMESRV, NewTopic::decode, this::hold, AS_IS);
    }

    /// The topics of a cluster that somebody asks to be forgotten.
    ///
    /// @param cluster empty: all
    private record Deletion(String topic, String cluster) {
        static Deletion decode(Frame frame) {
            return new Deletion(TopicRoute.topicOf(frame), frame.fields().text("clusterName", ""));
        }
    }

    /// Who holds a topic, as somebody says who need not be its broker.
    private record NewTopic(String topic, TopicRoute route) {
        static NewTopic decode(Frame frame) {
            return new NewTopic(TopicRoute.topicOf(frame), TopicRoute.decode(frame.body()));
        }
    }

    private void addList(RequestTable table, int code, Switch shownBy, Supplier<TopicList> list) {
        table.inline(
                code,
                Function.identity(),
                (Frame any, Reply<Answer> reply) -> reply.send(list(shownBy, list)),
                AS_IS);
    }

    private Answer list(Switch shownBy, Supplier<TopicList> list) {
        return config.now().isOn(shownBy)
                ? Answer.ok(list.get().encode())
                : Answer.refused(
                        ResponseCode.SYSTEM_ERROR,
                        "the list is disabled by enableAllTopicList or enableTopicList");
    }

    private void delete(Deletion wanted, Reply<Answer> reply) {
        routes.forget(wanted.topic(), wanted.cluster());
        reply.send(Answer.ok());
    }

    private void hold(NewTopic wanted, Reply<Answer> reply) {
        String problem = routes.hold(wanted.topic(), wanted.route().queues());
        reply.send(
                problem.isEmpty()
                        ? Answer.ok()
                        : Answer.refused(ResponseCode.SYSTEM_ERROR, problem));
    }

    private static String brokerNameOf(Frame frame) {
        return frame.fields().text("brokerName");
    }

    private static Answer count(String field, int count) {
        return Answer.ok(Fields.builder().put(field, count).build());
    }
}
