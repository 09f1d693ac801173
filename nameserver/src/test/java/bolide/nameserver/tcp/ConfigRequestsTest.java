package bolide.nameserver.tcp;

import static bolide.nameserver.tcp.Asking.text;
import static bolide.protocol.frame.RequestCode.GET_ALL_TOPIC_LIST_FROM_NAMESERVER;
import static bolide.protocol.frame.RequestCode.GET_HAS_UNIT_SUB_TOPIC_LIST;
import static bolide.protocol.frame.RequestCode.GET_HAS_UNIT_SUB_UNUNIT_TOPIC_LIST;
import static bolide.protocol.frame.RequestCode.GET_NAMESRV_CONFIG;
import static bolide.protocol.frame.RequestCode.GET_SYSTEM_TOPIC_LIST_FROM_NS;
import static bolide.protocol.frame.RequestCode.GET_TOPICS_BY_CLUSTER;
import static bolide.protocol.frame.RequestCode.GET_UNIT_TOPIC_LIST;
import static bolide.protocol.frame.RequestCode.UPDATE_NAMESRV_CONFIG;
import static org.assertj.core.api.Assertions.assertThat;

import bolide.protocol.frame.Frame;
import bolide.protocol.frame.ResponseCode;
import org.junit.jupiter.api.Test;

class ConfigRequestsTest {
    private final Asking asking = new Asking();

    @Test
    void shouldShowAndChangeSettings() {
        // when
        Frame changed =
                asking.askWith("# by hand\nenableTopicList = false\n", UPDATE_NAMESRV_CONFIG);

        // then
        assertThat(changed.code()).isEqualTo(ResponseCode.SUCCESS);
        assertThat(text(asking.ask(GET_NAMESRV_CONFIG)))
                .isEqualTo(
                        "enableAllTopicList=true\nenableTopicList=false\nlistenPort=1\n"
                                + "notifyMinBrokerIdChanged=false\norderMessageEnable=false\n"
                                + "returnOrderTopicConfigToBroker=true\n");
    }

    @Test
    void shouldAnswer16ForWhatNobodyMayChangeAnd1ForWhatCannotBe() {
        // when
        Frame path = asking.askWith("kvConfigPath=/tmp/x\n", UPDATE_NAMESRV_CONFIG);
        Frame address = asking.askWith("listenPort=1\n", UPDATE_NAMESRV_CONFIG);
        Frame value = asking.askWith("enableTopicList=1\n", UPDATE_NAMESRV_CONFIG);
        Frame text = asking.askWith("\\u00zz=1", UPDATE_NAMESRV_CONFIG);

        // then
        assertThat(path.code()).isEqualTo(ResponseCode.NO_PERMISSION);
        assertThat(address.code()).isEqualTo(ResponseCode.NO_PERMISSION);
        assertThat(address.remark()).startsWith("setting \"listenPort\" is fixed at the start");
        assertThat(value.code()).isEqualTo(ResponseCode.SYSTEM_ERROR);
        assertThat(text.code()).isEqualTo(ResponseCode.SYSTEM_ERROR);
        assertThat(text.remark()).startsWith("the settings are not lines of key=value: ");
    }

    @Test
    void shouldListNoTopicsWhenThatIsDisabled() {
        // when
        asking.askWith("enableTopicList=false", UPDATE_NAMESRV_CONFIG);

        // then: as with Apache's 5.5.0, the list of all topics has a switch of its own
        assertThat(asking.ask(GET_ALL_TOPIC_LIST_FROM_NAMESERVER).code())
                .isEqualTo(ResponseCode.SUCCESS);
        assertThat(asking.ask(GET_SYSTEM_TOPIC_LIST_FROM_NS).code())
                .isEqualTo(ResponseCode.SUCCESS);
        assertThat(asking.ask(GET_TOPICS_BY_CLUSTER, "cluster", "C1").remark())
                .contains("disabled");
        for (int code :
                new int[] {
                    GET_UNIT_TOPIC_LIST,
                    GET_HAS_UNIT_SUB_TOPIC_LIST,
                    GET_HAS_UNIT_SUB_UNUNIT_TOPIC_LIST
                }) {
            assertThat(asking.ask(code).code()).isEqualTo(ResponseCode.SYSTEM_ERROR);
        }

        // when
        asking.askWith("enableAllTopicList=false", UPDATE_NAMESRV_CONFIG);

        // then
        assertThat(asking.ask(GET_ALL_TOPIC_LIST_FROM_NAMESERVER).code())
                .isEqualTo(ResponseCode.SYSTEM_ERROR);
    }
}
