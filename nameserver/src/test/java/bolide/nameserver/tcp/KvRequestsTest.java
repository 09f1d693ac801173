package bolide.nameserver.tcp;

import static bolide.nameserver.Brokers.master;
import static bolide.nameserver.tcp.Asking.text;
import static bolide.protocol.frame.RequestCode.DELETE_KV_CONFIG;
import static bolide.protocol.frame.RequestCode.GET_KVLIST_BY_NAMESPACE;
import static bolide.protocol.frame.RequestCode.GET_KV_CONFIG;
import static bolide.protocol.frame.RequestCode.GET_ROUTEINFO_BY_TOPIC;
import static bolide.protocol.frame.RequestCode.PUT_KV_CONFIG;
import static bolide.protocol.frame.RequestCode.UPDATE_NAMESRV_CONFIG;
import static org.assertj.core.api.Assertions.assertThat;

import bolide.protocol.frame.Frame;
import bolide.protocol.frame.ResponseCode;
import org.junit.jupiter.api.Test;

/// Expected are the answers of Apache's name server 5.5.0.
class KvRequestsTest {
    private static final String ORDERS = "ORDER_TOPIC_CONFIG";

    private final Asking asking = new Asking();

    @Test
    void shouldPutGetListAndDelete() {
        // when
        Frame put = asking.ask(PUT_KV_CONFIG, "namespace", "n", "key", "k", "value", "v");
        Frame got = asking.ask(GET_KV_CONFIG, "namespace", "n", "key", "k");
        Frame listed = asking.ask(GET_KVLIST_BY_NAMESPACE, "namespace", "n");
        Frame deleted = asking.ask(DELETE_KV_CONFIG, "namespace", "n", "key", "k");

        // then
        assertThat(put.code()).isEqualTo(ResponseCode.SUCCESS);
        assertThat(got.fields().text("value")).isEqualTo("v");
        assertThat(text(listed)).isEqualTo("{\"table\":{\"k\":\"v\"}}");
        assertThat(deleted.code()).isEqualTo(ResponseCode.SUCCESS);
        assertThat(text(asking.ask(GET_KVLIST_BY_NAMESPACE, "namespace", "n")))
                .isEqualTo("{\"table\":{}}");
    }

    @Test
    void shouldAnswer22ForWhatIsNotThere() {
        // given
        asking.ask(PUT_KV_CONFIG, "namespace", "n", "key", "k", "value", "v");

        // when
        Frame noKey = asking.ask(GET_KV_CONFIG, "namespace", "n", "key", "other");
        Frame noNamespace = asking.ask(GET_KVLIST_BY_NAMESPACE, "namespace", "other");

        // then
        assertThat(noKey.code()).isEqualTo(ResponseCode.QUERY_NOT_FOUND);
        assertThat(noKey.remark()).isEqualTo("namespace \"n\" has no key \"other\"");
        assertThat(noNamespace.code()).isEqualTo(ResponseCode.QUERY_NOT_FOUND);
        assertThat(noNamespace.remark()).isEqualTo("there is no namespace \"other\"");
        assertThat(asking.ask(DELETE_KV_CONFIG, "namespace", "x", "key", "y").code())
                .isEqualTo(ResponseCode.SUCCESS);
    }

    @Test
    void shouldRefuseAPutWithoutAValue() {
        // when
        Frame answer = asking.ask(PUT_KV_CONFIG, "namespace", "n", "key", "k");

        // then
        assertThat(answer.code()).isEqualTo(ResponseCode.SYSTEM_ERROR);
        assertThat(answer.remark()).contains("value is missing");
    }

    @Test
    void shouldTellBrokersTheOrderOfTopics() {
        // given
        Frame before = asking.register(master("a", "10.0.0.1:10911", "Orders"));
        asking.ask(PUT_KV_CONFIG, "namespace", ORDERS, "key", "Orders", "value", "a:4");

        // when
        Frame after = asking.register(master("a", "10.0.0.1:10911", "Orders"));

        // then
        assertThat(before.body().hasRemaining()).isFalse();
        assertThat(text(after)).isEqualTo("{\"table\":{\"Orders\":\"a:4\"}}");

        // when
        asking.askWith("returnOrderTopicConfigToBroker=false\n", UPDATE_NAMESRV_CONFIG);

        // then
        assertThat(text(asking.register(master("a", "10.0.0.1:10911", "Orders")))).isEmpty();
    }

    @Test
    void shouldRouteInOrderWhenThatIsWanted() {
        // given
        asking.register(master("a", "10.0.0.1:10911", "Orders", "Others"));
        asking.ask(PUT_KV_CONFIG, "namespace", ORDERS, "key", "Orders", "value", "a:4;b:2");

        // when
        String unwanted = text(asking.ask(GET_ROUTEINFO_BY_TOPIC, "topic", "Orders"));
        asking.askWith("orderMessageEnable=true\n", UPDATE_NAMESRV_CONFIG);
        String wanted = text(asking.ask(GET_ROUTEINFO_BY_TOPIC, "topic", "Orders"));
        String other = text(asking.ask(GET_ROUTEINFO_BY_TOPIC, "topic", "Others"));

        // then
        assertThat(unwanted).doesNotContain("orderTopicConf");
        assertThat(wanted)
                .contains("\"filterServerTable\":{},\"orderTopicConf\":\"a:4;b:2\",\"queueDatas\"");
        assertThat(other).doesNotContain("orderTopicConf");
    }
}
