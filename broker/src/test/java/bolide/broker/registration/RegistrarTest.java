package bolide.broker.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bolide.broker.topic.TopicDefaults;
import bolide.broker.topic.Topics;
import bolide.protocol.route.BrokerIdentity;
import bolide.protocol.route.BrokerRegistration;
import bolide.protocol.route.ClusterInfo;
import bolide.protocol.topic.Permission;
import bolide.remoting.NetworkException;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/// Registrations go on whatever becomes of one of them.
final class RegistrarTest {
    private static final BrokerIdentity SELF = new BrokerIdentity("C", "here", 0, "h:1");

    /// Counts registrations and lets the test say what comes of them.
    private final class Counting implements NameServer {
        @Override
        public CompletableFuture<Void> register(BrokerRegistration registration) {
            registrations++;
            return outcome.get();
        }

        @Override
        public CompletableFuture<Void> unregister(BrokerIdentity broker) {
            return outcome.get();
        }

        @Override
        public CompletableFuture<ClusterInfo> clusters() {
            throw new AssertionError("nobody asks here");
        }

        @Override
        public CompletableFuture<Set<String>> holders(String topic) {
            throw new AssertionError("nobody asks here");
        }

        @Override
        public String describe() {
            return "name server n:1";
        }
    }

    private final Queue<Runnable> due = new ArrayDeque<>();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private int registrations;
    private Supplier<CompletableFuture<Void>> outcome =
            () -> CompletableFuture.completedFuture(null);
    private final Registrar registrar =
            new Registrar(
                    SELF,
                    new Topics(
                            new TopicDefaults("C", "here", true, 8),
                            Permission.READ_WRITE,
                            List.of(),
                            null, // no topic is made here
                            () -> Instant.EPOCH),
                    List.of(new Counting()),
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
    void shouldGoOnAfterARegistrationThatFailedAtOnce() {
        // given
        registrar.start();
        outcome =
                () -> {
                    throw new IllegalStateException("a bug");
                };

        // when
        assertThatThrownBy(this::pass).hasMessage("a bug");

        // then
        outcome = () -> CompletableFuture.completedFuture(null);
        pass();
        assertThat(registrations).isEqualTo(3);
        assertThat(due).hasSize(1);
    }

    @Test
    void shouldEndWhenItIsClosed() {
        // given
        registrar.start();

        // when
        registrar.close();
        pass();

        // then
        assertThat(registrations).isOne();
        assertThat(due).isEmpty();
    }

    @Test
    void shouldSayWhyANameServerIsNotReached() {
        // given: as a call looks that has more steps than one
        CompletableFuture<Void> call = new CompletableFuture<>();
        outcome = () -> call.thenApply(answer -> answer);

        // when
        CompletableFuture<Void> started = registrar.start();
        call.completeExceptionally(new NetworkException("no connection to n:1"));

        // then
        assertThat(started).isCompleted();
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("cannot reach name server n:1: no connection to n:1");
    }

    private void pass() {
        due.remove().run();
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(Registrar.class);
    }
}
