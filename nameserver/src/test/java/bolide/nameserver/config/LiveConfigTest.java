package bolide.nameserver.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiveConfigTest {
    private final LiveConfig config =
            new LiveConfig(NameServerConfig.DEFAULT, Map.of("listenPort", "9876"));

    @Test
    void shouldShowEverySettingByApachesName() {
        // when / then
        assertThat(config.shown())
                .hasToString(
                        "{enableAllTopicList=true, enableTopicList=true, listenPort=9876,"
                                + " notifyMinBrokerIdChanged=false, orderMessageEnable=false,"
                                + " returnOrderTopicConfigToBroker=true}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "enableAllTopicList",
                "enableTopicList",
                "notifyMinBrokerIdChanged",
                "orderMessageEnable",
                "returnOrderTopicConfigToBroker"
            })
    void shouldChangeJustWhatIsAsked(String key) {
        // given
        Map<String, String> before = config.shown();
        String other = before.get(key).equals("true") ? "FALSE" : "True";

        // when
        ConfigChange change = config.update(Map.of(key, other));

        // then
        assertThat(change).isEqualTo(new ConfigChange.Changed());
        before.put(key, other.toLowerCase());
        assertThat(config.shown()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "listenPort, 1, setting \"listenPort\" is fixed at the start",
        "kvConfigPath, /tmp/x, setting \"kvConfigPath\" is none of this server's",
        "clusterTest, true, setting \"clusterTest\" is none of this server's"
    })
    void shouldChangeNothingElse(String key, String value, String reason) {
        // when: another setting beside it could be changed
        ConfigChange change = config.update(Map.of(key, value, "enableTopicList", "false"));

        // then
        assertThat(change)
                .isEqualTo(
                        new ConfigChange.NotAllowed(
                                reason
                                        + "; while it runs only these change: orderMessageEnable,"
                                        + " returnOrderTopicConfigToBroker, enableAllTopicList,"
                                        + " enableTopicList, notifyMinBrokerIdChanged"));
        assertThat(config.now()).isEqualTo(NameServerConfig.DEFAULT);
    }

    @Test
    void shouldRefuseWhatIsNeitherTrueNorFalse() {
        // when
        ConfigChange change =
                config.update(Map.of("enableAllTopicList", "false", "enableTopicList", "maybe"));

        // then
        assertThat(change)
                .isEqualTo(
                        new ConfigChange.Malformed(
                                "enableTopicList is \"maybe\", but is true or false"));
        assertThat(config.now()).isEqualTo(NameServerConfig.DEFAULT);
    }
}
