package bolide.nameserver.config;

import java.util.function.Predicate;

/// A setting that may be changed while the server runs, by the name that Apache's tools know. None
/// of them names a path, a class or an address.
enum Switch {
    ORDER_IN_ROUTES("orderMessageEnable", NameServerConfig::orderInRoutes) {
        @Override
        NameServerConfig set(NameServerConfig config, boolean on) {
            return new NameServerConfig(
                    on,
                    config.orderToBrokers(),
                    config.allTopicList(),
                    config.topicList(),
                    config.minBrokerNotice());
        }
    },
    ORDER_TO_BROKERS("returnOrderTopicConfigToBroker", NameServerConfig::orderToBrokers) {
        @Override
        NameServerConfig set(NameServerConfig config, boolean on) {
            return new NameServerConfig(
                    config.orderInRoutes(),
                    on,
                    config.allTopicList(),
                    config.topicList(),
                    config.minBrokerNotice());
        }
    },
    ALL_TOPIC_LIST("enableAllTopicList", NameServerConfig::allTopicList) {
        @Override
        NameServerConfig set(NameServerConfig config, boolean on) {
            return new NameServerConfig(
                    config.orderInRoutes(),
                    config.orderToBrokers(),
                    on,
                    config.topicList(),
                    config.minBrokerNotice());
        }
    },
    TOPIC_LIST("enableTopicList", NameServerConfig::topicList) {
        @Override
        NameServerConfig set(NameServerConfig config, boolean on) {
            return new NameServerConfig(
                    config.orderInRoutes(),
                    config.orderToBrokers(),
                    config.allTopicList(),
                    on,
                    config.minBrokerNotice());
        }
    },
    MIN_BROKER_NOTICE("notifyMinBrokerIdChanged", NameServerConfig::minBrokerNotice) {
        @Override
        NameServerConfig set(NameServerConfig config, boolean on) {
            return new NameServerConfig(
                    config.orderInRoutes(),
                    config.orderToBrokers(),
                    config.allTopicList(),
                    config.topicList(),
                    on);
        }
    };

    private final String key;
    private final Predicate<NameServerConfig> isOn;

    Switch(String key, Predicate<NameServerConfig> isOn) {
        this.key = key;
        this.isOn = isOn;
    }

    String key() {
        return key;
    }

    boolean isOn(NameServerConfig config) {
        return isOn.test(config);
    }

    abstract NameServerConfig set(NameServerConfig config, boolean on);
}
