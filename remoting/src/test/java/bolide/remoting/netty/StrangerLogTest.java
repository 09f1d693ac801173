package bolide.remoting.netty;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.remoting.Logged;
import bolide.remoting.RunningServer;
import ch.qos.logback.classic.Level;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How much a stranger can make us log. */
final class StrangerLogTest {
    private final MockTicker ticker = Ticker.newMockTicker();
    private final StrangerLog strangers = new StrangerLog(ticker);

    @Test
    void shouldSaySomeLinesEachSecondAndCountTheRest() {
        // given
        try (Logged log = new Logged(StrangerLog.class.getName(), Level.INFO)) {
            for (int line = 0; line < 50; line++) {
                strangers.closing(RunningServer.loopback(1), "tired");
            }
            int atFirst = log.lines().size();

            // when
            ticker.advance(1, TimeUnit.SECONDS);
            strangers.closing(RunningServer.loopback(1), "bored");

            // then
            assertThat(atFirst).isEqualTo(20);
            assertThat(log.lines())
                    .hasSize(22)
                    .contains("30 more connections were closed; too many to name each")
                    .last()
                    .asString()
                    .endsWith(": bored");
        }
    }
}
