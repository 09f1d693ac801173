package bolide.broker.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/// What is counted one by one has a limit; the totals have none.
final class TrafficTest {
    private static final int MOST = 4;

    private final Logger logger = (Logger) LoggerFactory.getLogger(Traffic.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Traffic traffic = new Traffic(() -> 0, MOST);

    @BeforeEach
    void listen() {
        log.start();
        logger.setLevel(Level.WARN);
        logger.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
        logger.setLevel(null);
    }

    private void fill() {
        traffic.taken("T", 1, 10);
        for (int i = 0; i < MOST; i++) {
            traffic.handedOut("T", "G" + i, 1, 10);
        }
    }

    @Test
    void shouldCountWhatIsBeyondTheLimitInTheTotalsOnly() {
        // when
        fill();
        traffic.taken("U", 1, 10);

        // then
        assertThat(traffic.ofGroup("T", "G2")).isPresent();
        assertThat(traffic.ofGroup("T", "G3")).isEmpty();
        assertThat(traffic.ofTopic("U")).isEmpty();
        assertThat(traffic.allHandedOut().messages()).isEqualTo(4);
        assertThat(traffic.pullsFound().messages()).isEqualTo(4);
        assertThat(traffic.allTaken().bytes()).isEqualTo(20);

        // and what is known goes on
        traffic.taken("T", 1, 10);
        assertThat(traffic.ofTopic("T").orElseThrow().messages()).isEqualTo(2);

        // and it is said once
        assertThat(log.list)
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .asString()
                .startsWith("4 topics, and groups of topics");
    }

    @Test
    void shouldHaveRoomAgainWhenTopicsOrGroupsAreGone() {
        // given
        fill();

        // when
        traffic.keep(topic -> true, group -> !group.equals("G1"));
        traffic.handedOut("T", "G3", 1, 10);

        // then
        assertThat(traffic.ofGroup("T", "G1")).isEmpty();
        assertThat(traffic.ofGroup("T", "G3")).isPresent();

        // when
        traffic.keep(topic -> !topic.equals("T"), group -> true);
        traffic.note();

        // then
        assertThat(traffic.ofTopic("T")).isEmpty();
        assertThat(traffic.ofGroup("T", "G3")).isEmpty();
        fill();
        assertThat(traffic.ofGroup("T", "G2")).isPresent();
    }
}
