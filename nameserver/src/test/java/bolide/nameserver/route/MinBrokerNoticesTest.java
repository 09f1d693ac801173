package bolide.nameserver.route;

import static bolide.nameserver.Brokers.identity;
import static org.assertj.core.api.Assertions.assertThat;

import bolide.nameserver.FakeConnection;
import bolide.nameserver.ManualTime;
import bolide.protocol.route.BrokerRegistration;
import bolide.protocol.route.DataVersion;
import bolide.protocol.route.MinBrokerChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Who is told what when the lowest id among the brokers of a name changes: as Apache's name server
/// 5.5.0 does.
class MinBrokerNoticesTest {
    private record Notice(List<String> addresses, MinBrokerChange change) {}

    private final List<Notice> told = new ArrayList<>();
    private final RouteTable routes =
            new RouteTable(
                    new ManualTime(),
                    (addresses, change) -> told.add(new Notice(addresses, change)));

    @Test
    void shouldTellTheOthersThatALowerIdHasCome() {
        // given
        register(1, true);
        register(2, true);
        assertThat(told).isEmpty();

        // when
        register(0, true);

        // then
        assertThat(told)
                .containsExactly(
                        new Notice(
                                List.of(address(1), address(2)),
                                new MinBrokerChange(0, address(0), "", "ha-0")));

        // when: it registers again, or a higher id comes
        register(0, true);
        register(3, true);

        // then
        assertThat(told).hasSize(1);
    }

    @Test
    void shouldTellThoseLeftThatTheLowestIdHasGone() {
        // given
        FakeConnection master = register(0, true);
        FakeConnection highest = register(2, true);
        register(1, true);

        // when
        routes.connectionClosed(master);

        // then
        assertThat(told)
                .containsExactly(
                        new Notice(
                                List.of(address(1), address(2)),
                                new MinBrokerChange(1, address(1), address(0), "")));

        // when: one goes that had not the lowest id
        routes.connectionClosed(highest);

        // then
        assertThat(told).hasSize(1);
    }

    @Test
    void shouldTellOfALossOnlyWhereASlaveMayStandIn() {
        // given
        register(1, false);
        FakeConnection master = register(0, false);
        told.clear();

        // when
        routes.connectionClosed(master);

        // then
        assertThat(told).isEmpty();
    }

    @Test
    void shouldTellNobodyWhenTheLastHasGone() {
        // given
        FakeConnection only = register(0, true);

        // when
        routes.connectionClosed(only);

        // then
        assertThat(told).isEmpty();
    }

    @Test
    void shouldShowInRoutesWhetherASlaveMayStandIn() {
        // given / when
        register(0, true);

        // then
        assertThat(routes.clusters().brokers())
                .allSatisfy(broker -> assertThat(broker.actingMaster()).isTrue());
    }

    private FakeConnection register(long id, boolean actingMaster) {
        FakeConnection connection = new FakeConnection();
        routes.register(
                new BrokerRegistration(
                        identity("a", id, address(id)),
                        "ha-" + id,
                        0,
                        new DataVersion(0, 1, 1),
                        List.of(),
                        actingMaster,
                        true),
                Optional.of(connection));
        return connection;
    }

    private static String address(long id) {
        return "10.0.0.1:1000" + id;
    }
}
