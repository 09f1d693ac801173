package bolide.nameserver.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.nameserver.FakeConnection;
import bolide.nameserver.ManualTime;
import bolide.nameserver.config.LiveConfig;
import bolide.nameserver.config.NameServerConfig;
import bolide.nameserver.kv.KvConfig;
import bolide.nameserver.kv.MemoryKv;
import bolide.nameserver.route.RouteTable;
import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.ResponseCode;
import bolide.protocol.route.BrokerRegistration;
import bolide.remoting.RemotingServer;
import bolide.remoting.RequestTable;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// A whole name server, asked on one connection.
final class Asking {
    final KvConfig values = new KvConfig(new MemoryKv());
    final LiveConfig config = new LiveConfig(NameServerConfig.DEFAULT, Map.of("listenPort", "1"));
    private final FakeConnection connection = new FakeConnection();
    private final RemotingServer server;

    Asking() {
        RouteTable routes = new RouteTable(new ManualTime(), (addresses, change) -> {});
        RequestTable table = new RequestTable();
        new NameServerRequests(routes, values, config).addTo(table);
        new TopicRequests(routes, config).addTo(table);
        new KvRequests(values).addTo(table);
        new ConfigRequests(config).addTo(table);
        server = new RemotingServer(table, Runnable::run);
    }

    Frame register(BrokerRegistration registration) {
        return ask(registration.encode());
    }

    /// @param fields names and values in turn
    Frame ask(int code, String... fields) {
        return ask(Frame.request(code, fields(fields)));
    }

    Frame askWith(String body, int code, String... fields) {
        return ask(Frame.request(code, fields(fields), StandardCharsets.UTF_8.encode(body)));
    }

    Frame ask(Frame request) {
        server.received(connection, request);
        return connection.taken();
    }

    /// @return the body of an answer that says it went well
    static String text(Frame answer) {
        assertThat(answer.code()).as(answer.remark()).isEqualTo(ResponseCode.SUCCESS);
        return StandardCharsets.UTF_8.decode(answer.body().duplicate()).toString();
    }

    private static Fields fields(String... names) {
        Fields.Builder fields = Fields.builder();
        for (int at = 0; at < names.length; at += 2) {
            fields.put(names[at], names[at + 1]);
        }
        return fields.build();
    }
}
