package bolide.nameserver.tcp;

import static bolide.protocol.frame.RequestCode.BROKER_HEARTBEAT;
import static bolide.protocol.frame.RequestCode.GET_BROKER_CLUSTER_INFO;
import static bolide.protocol.frame.RequestCode.GET_BROKER_MEMBER_GROUP;
import static bolide.protocol.frame.RequestCode.GET_ROUTEINFO_BY_TOPIC;
import static bolide.protocol.frame.RequestCode.QUERY_DATA_VERSION;
import static bolide.protocol.frame.RequestCode.REGISTER_BROKER;
import static bolide.protocol.frame.RequestCode.UNREGISTER_BROKER;

import bolide.nameserver.config.LiveConfig;
import bolide.nameserver.config.Switch;
import bolide.nameserver.kv.KvConfig;
import bolide.nameserver.route.RegistrationOutcome.Incomplete;
import bolide.nameserver.route.RegistrationOutcome.Outdated;
import bolide.nameserver.route.RegistrationOutcome.Registered;
import bolide.nameserver.route.RouteAnswer.Known;
import bolide.nameserver.route.RouteAnswer.Unknown;
import bolide.nameserver.route.RouteTable;
import bolide.nameserver.route.VersionAnswer;
import bolide.protocol.body.JsonBody;
import bolide.protocol.config.KvKey;
import bolide.protocol.config.KvTable;
import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.InvalidRequestException;
import bolide.protocol.frame.ResponseCode;
import bolide.protocol.route.BrokerIdentity;
import bolide.protocol.route.BrokerRegistration;
import bolide.protocol.route.MapKeys;
import bolide.protocol.route.TopicRoute;
import bolide.protocol.text.Excerpt;
import bolide.remoting.Answer;
import bolide.remoting.Payload;
import bolide.remoting.Reply;
import bolide.remoting.RequestTable;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Function;

/// The name server's lines for brokers, and for clients that look for them. All of it is memory, so
/// all lines are inline.
public final class NameServerRequests {
    private static final Function<Answer, Answer> AS_IS = Function.identity();

    private final RouteTable routes;
    private final KvConfig values;
    private final LiveConfig config;

    public NameServerRequests(RouteTable routes, KvConfig values, LiveConfig config) {
        this.routes = routes;
        this.values = values;
        this.config = config;
    }

    public void addTo(RequestTable table) {
        table.inline(REGISTER_BROKER, NameServerRequests::registration, this::register, AS_IS)
                .inline(UNREGISTER_BROKER, BrokerIdentity::decode, this::unregister, AS_IS)
                .inline(QUERY_DATA_VERSION, VersionQuestion::decode, this::compareVersion, AS_IS)
                .inline(BROKER_HEARTBEAT, BrokerHeartbeat::decode, this::heartbeat, AS_IS)
                .inline(GET_ROUTEINFO_BY_TOPIC, RouteQuestion::decode, this::route, AS_IS)
                .inline(GET_BROKER_CLUSTER_INFO, TopicRoute::keysFor, this::clusters, AS_IS)
                .inline(GET_BROKER_MEMBER_GROUP, MemberQuestion::decode, this::members, AS_IS)
                .afterClose(routes::connectionClosed);
    }

    private static BrokerRegistration registration(Frame frame) {
        BrokerRegistration registration = BrokerRegistration.decode(frame);
        BrokerIdentity broker = registration.broker();
        if (broker.brokerName().isBlank()
                || broker.cluster().isBlank()
                || broker.address().isBlank()
                || broker.brokerId() < 0) {
            throw new InvalidRequestException(
                    "a registration names broker, cluster, address and an id from 0; this one says "
                            + Excerpt.of(broker.brokerName())
                            + ", "
                            + Excerpt.of(broker.cluster())
                            + ", "
                            + Excerpt.of(broker.address())
                            + " and "
                            + broker.brokerId());
        }
        return registration;
    }

    private void register(BrokerRegistration registration, Reply<Answer> reply) {
        reply.send(
                switch (routes.register(registration, Optional.of(reply.caller().connection()))) {
                    case Registered(String masterAddress, String haAddress) ->
                            new Answer(
                                    ResponseCode.SUCCESS,
                                    "",
                                    addresses(masterAddress, haAddress),
                                    orders());
                    case Incomplete(String detail) ->
                            Answer.refused(ResponseCode.SYSTEM_ERROR, detail);
                    case Outdated(String detail) ->
                            new Answer(ResponseCode.SUCCESS, detail, Fields.NONE, Payload.empty());
                });
    }

    /// @return the topics whose order somebody relies on, for the broker to know
    private Payload orders() {
        return values.namespace(KvKey.ORDER_TOPICS)
                .filter(orders -> config.now().isOn(Switch.ORDER_TO_BROKERS))
                .map(orders -> Payload.of(new KvTable(orders).encode()))
                .orElseGet(Payload::empty);
    }

    private static Fields addresses(String masterAddress, String haAddress) {
        Fields.Builder fields = Fields.builder();
        if (!masterAddress.isEmpty()) {
            fields.put("masterAddr", masterAddress);
        }
        if (!haAddress.isEmpty()) {
            fields.put("haServerAddr", haAddress);
        }
        return fields.build();
    }

    private void unregister(BrokerIdentity broker, Reply<Answer> reply) {
        routes.unregister(broker);
        reply.send(Answer.ok());
    }

    private void compareVersion(VersionQuestion question, Reply<Answer> reply) {
        VersionAnswer answer =
                routes.compareVersion(
                        question.broker(), question.version(), reply.caller().connection());
        ByteBuffer body =
                answer.known()
                        .map(known -> JsonBody.write(known::write))
                        .orElseGet(Frame::emptyBody);
        reply.send(
                new Answer(
                        ResponseCode.SUCCESS,
                        "",
                        Fields.builder().put("changed", answer.changed()).build(),
                        Payload.of(body)));
    }

    private void heartbeat(BrokerHeartbeat heartbeat, Reply<Answer> reply) {
        routes.heard(heartbeat.brokerName(), heartbeat.address(), reply.caller().connection());
        reply.send(Answer.ok());
    }

    private void route(RouteQuestion question, Reply<Answer> reply) {
        reply.send(
                switch (routes.route(question.topic())) {
                    case Known(TopicRoute route) ->
                            Answer.ok(ordered(route, question.topic()).encode(question.keys()));
                    case Unknown(String detail) ->
                            Answer.refused(ResponseCode.TOPIC_NOT_EXIST, detail);
                });
    }

    private TopicRoute ordered(TopicRoute route, String topic) {
        return config.now().isOn(Switch.ORDER_IN_ROUTES)
                ? route.withOrderConf(values.find(new KvKey(KvKey.ORDER_TOPICS, topic)).orElse(""))
                : route;
    }

    private void clusters(MapKeys keys, Reply<Answer> reply) {
        reply.send(Answer.ok(routes.clusters().encode(keys)));
    }

    private void members(MemberQuestion question, Reply<Answer> reply) {
        reply.send(
                Answer.ok(
                        routes.members(question.cluster(), question.brokerName())
                                .encode(question.keys())));
    }
}
