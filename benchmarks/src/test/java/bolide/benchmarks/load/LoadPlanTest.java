package bolide.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoadPlanTest {
    @Test
    void shouldSurviveItsWayIntoAnotherProcess() {
        // given
        LoadPlan plan =
                LoadPlan.of(LoadKind.CONSUME)
                        .with(LoadSetting.TAGS, 10)
                        .with(LoadSetting.MESSAGES, 3_000_000_000L);

        // when
        LoadPlan read = LoadPlan.ofArguments(plan.toArguments());

        // then
        assertThat(read).isEqualTo(plan);
        assertThat(read.get(LoadSetting.QUEUES)).isEqualTo(8);
        assertThat(read.tag(21)).isEqualTo("tag1");
    }
}
