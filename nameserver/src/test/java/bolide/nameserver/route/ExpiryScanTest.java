package bolide.nameserver.route;

import static bolide.nameserver.Brokers.master;
import static org.assertj.core.api.Assertions.assertThat;

import bolide.nameserver.FakeConnection;
import bolide.nameserver.ManualTime;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExpiryScanTest {
    private final ManualTime time = new ManualTime();
    private final RouteTable routes = new RouteTable(time, (addresses, change) -> {});

    @Test
    void shouldTakeOutASilentBrokerWithinFiveSecondsOfItsExpiry() {
        // given
        ExpiryScan scan = new ExpiryScan(routes, time);
        time.pass(Duration.ofSeconds(3));
        routes.register(master("a", "10.0.0.1:10911", "Orders"), Optional.of(new FakeConnection()));

        // when
        time.pass(Duration.ofSeconds(120));
        boolean lives = !routes.clusters().brokers().isEmpty();
        time.pass(Duration.ofSeconds(5));

        // then
        assertThat(lives).isTrue();
        assertThat(routes.clusters().brokers()).isEmpty();
        scan.close();
    }

    @Test
    void shouldLeaveNoTimerBehind() {
        // given
        ExpiryScan scan = new ExpiryScan(routes, time);
        time.pass(Duration.ofSeconds(20));

        // when
        scan.close();

        // then
        assertThat(time.isIdle()).isTrue();
    }
}
