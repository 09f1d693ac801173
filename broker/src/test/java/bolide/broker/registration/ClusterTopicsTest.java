package bolide.broker.registration;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.protocol.route.BrokerData;
import bolide.protocol.route.BrokerIdentity;
import bolide.protocol.route.BrokerRegistration;
import bolide.protocol.route.ClusterInfo;
import bolide.protocol.topic.TopicConfig;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/// A topic that comes into being on one broker comes into being in its whole cluster.
final class ClusterTopicsTest {
    private static final BrokerIdentity SELF = new BrokerIdentity("C", "here", 0, "h:1");
    private static final TopicConfig TOPIC = TopicConfig.of("Orders", 4);

    /// Knows brokers, or cannot be asked.
    private static final class Knowing implements NameServer {
        final String name;
        final List<BrokerData> brokers = new ArrayList<>();
        final Set<String> holders = new HashSet<>();
        boolean reachable = true;

        Knowing(String name) {
            this.name = name;
        }

        @Override
        public CompletableFuture<Void> register(BrokerRegistration registration) {
            throw new AssertionError("nobody registers here");
        }

        @Override
        public CompletableFuture<Void> unregister(BrokerIdentity broker) {
            throw new AssertionError("nobody registers here");
        }

        @Override
        public CompletableFuture<ClusterInfo> clusters() {
            return reachable
                    ? CompletableFuture.completedFuture(new ClusterInfo(List.copyOf(brokers)))
                    : CompletableFuture.failedFuture(new IllegalStateException("unreachable"));
        }

        @Override
        public CompletableFuture<Set<String>> holders(String topic) {
            return CompletableFuture.completedFuture(Set.copyOf(holders));
        }

        @Override
        public String describe() {
            return name;
        }
    }

    private final Knowing first = new Knowing("name server n:1");
    private final Knowing second = new Knowing("name server n:2");
    private final Map<String, TopicConfig> present = new HashMap<>();
    private final Queue<Runnable> due = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();
    private final Set<String> refusing = new HashSet<>();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final ClusterTopics topics =
            new ClusterTopics(
                    SELF,
                    List.of(first, second),
                    this::create,
                    name -> Optional.ofNullable(present.get(name)),
                    (delay, task) -> {
                        due.add(task);
                        return () -> due.remove(task);
                    });

    @BeforeEach
    void listen() {
        log.start();
        logger().addAppender(log);
        logger().setLevel(Level.WARN); // tests are silent otherwise
    }

    @AfterEach
    void stopListening() {
        logger().detachAppender(log);
        logger().setLevel(null);
    }

    @Test
    void shouldAskEachOtherMasterOfTheClusterOnce() {
        // given: both name servers know most of them
        for (Knowing nameServer : List.of(first, second)) {
            nameServer.brokers.add(broker("C", "here", 0, "h:1"));
            nameServer.brokers.add(broker("C", "a", 0, "a:1"));
            nameServer.brokers.add(broker("D", "elsewhere", 0, "e:1"));
            nameServer.brokers.add(broker("C", "masterless", 1, "m:1"));
        }
        second.brokers.add(broker("C", "b", 0, "b:1"));

        // when
        made(TOPIC);
        assertThat(asked).as("before it is somebody's turn").isEmpty();
        run();

        // then
        assertThat(asked).containsExactly("a:1 Orders 4", "b:1 Orders 4");
        assertThat(lines()).isEmpty();
    }

    @Test
    void shouldLeaveWhoHasTheTopicAsItIs() {
        // given
        first.brokers.add(broker("C", "a", 0, "a:1"));
        first.brokers.add(broker("C", "b", 0, "b:1"));
        first.holders.add("a");

        // when
        made(TOPIC);
        run();

        // then
        assertThat(asked).containsExactly("b:1 Orders 4");
    }

    @Test
    void shouldSayOnceWhoDoesNotHelpUntilItDoesAgain() {
        // given
        first.brokers.add(broker("C", "a", 0, "a:1"));
        first.brokers.add(broker("C", "b", 0, "b:1"));
        refusing.add("a:1");
        second.reachable = false;

        // when
        made(TOPIC);
        made(TopicConfig.of("Bills", 1));
        run();

        // then
        assertThat(asked).hasSize(4);
        assertThat(lines())
                .containsExactlyInAnyOrder(
                        told("name server n:2", "unreachable"), told("broker a:1", "refused"));

        // when
        refusing.clear();
        made(TOPIC);
        run();
        refusing.add("a:1");
        made(TOPIC);
        run();

        // then
        assertThat(lines()).filteredOn(told("broker a:1", "refused")::equals).hasSize(2);
    }

    @Test
    void shouldKeepABoundedNumberWaiting() {
        // given
        first.brokers.add(broker("C", "a", 0, "a:1"));

        // when
        for (int i = 0; i < ClusterTopics.MOST_WAITING + 2; i++) {
            made(TopicConfig.of("t" + i, 1));
        }
        run();

        // then
        assertThat(asked).hasSize(ClusterTopics.MOST_WAITING);
        assertThat(lines()).singleElement().asString().startsWith("1000 topics wait to be made");

        // when
        made(TOPIC);
        run();

        // then
        assertThat(asked).last().isEqualTo("a:1 Orders 4");
    }

    @Test
    void shouldForgetWhatWaitsWhenItIsClosed() {
        // given
        first.brokers.add(broker("C", "a", 0, "a:1"));
        made(TOPIC);

        // when
        topics.close();
        made(TOPIC);
        run();

        // then
        assertThat(asked).isEmpty();
    }

    @Test
    void shouldSendATopicAsItIsWhenItsTurnComes() {
        // given
        first.brokers.add(broker("C", "a", 0, "a:1"));
        made(TOPIC);
        made(TopicConfig.of("Bills", 1));
        made(TopicConfig.of("Letters", 1));

        // when
        present.remove("Orders");
        present.put("Bills", TopicConfig.of("Bills", 7));
        run();

        // then
        assertThat(asked).containsExactly("a:1 Bills 7", "a:1 Letters 1");
        assertThat(lines()).isEmpty();
    }

    private void made(TopicConfig topic) {
        present.put(topic.name(), topic);
        topics.made(topic);
    }

    private CompletableFuture<Void> create(String address, TopicConfig topic) {
        asked.add(address + " " + topic.name() + " " + topic.readQueues());
        return refusing.contains(address)
                ? CompletableFuture.failedFuture(new IllegalStateException("refused"))
                : CompletableFuture.completedFuture(null);
    }

    private void run() {
        while (!due.isEmpty()) {
            due.remove().run();
        }
    }

    private List<String> lines() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private static String told(String whom, String why) {
        return "topics that come into being here are not made in the whole cluster, as "
                + whom
                + " does not help: "
                + why;
    }

    private static BrokerData broker(String cluster, String name, long id, String address) {
        return new BrokerData(cluster, name, new TreeMap<>(Map.of(id, address)));
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(ClusterTopics.class);
    }
}
