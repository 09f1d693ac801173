package bolide.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bolide.compatibility.driver.Report;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the crash suite relies on is able to fail. */
final class PlaceTest {
    @Test
    void shouldRefuseTwoBodiesAtOnePlace() {
        // given
        List<Report> reports = List.of(report(1, 7, "a"), report(1, 8, "b"), report(1, 7, "c"));

        // then
        assertThatThrownBy(() -> Place.bodies(reports))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("offset=7");
    }

    @Test
    void shouldTakeOneBodyAtOnePlaceAsOftenAsItIsSeen() {
        // given
        List<Report> reports = List.of(report(1, 7, "a"), report(2, 7, "b"), report(1, 7, "a"));

        // then
        assertThat(Place.bodies(reports))
                .isEqualTo(Map.of(new Place(1, 7), "a", new Place(2, 7), "b"));
    }

    @Test
    void shouldRefuseAGapAndALateBeginning() {
        // given
        List<Place> gap = List.of(new Place(0, 0), new Place(0, 2));
        List<Place> late = List.of(new Place(0, 0), new Place(1, 1), new Place(1, 2));

        // then
        assertThatThrownBy(() -> Place.assertDense(gap)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> Place.assertDense(late)).isInstanceOf(AssertionError.class);
        Place.assertDense(List.of(new Place(0, 1), new Place(0, 0), new Place(3, 0)));
    }

    private static Report report(long queue, long offset, String body) {
        return Report.of("sent", "queue", queue, "offset", offset, "body", body);
    }
}
