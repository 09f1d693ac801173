package bolide.broker.registration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class ReportsTest {
    private final List<CompletableFuture<Void>> sent = new ArrayList<>();
    private final Reports reports =
            new Reports(() -> {
                CompletableFuture<Void> report = new CompletableFuture<>();
                sent.add(report);
                return report;
            });

    @Test
    void shouldSendAtOnceWhenNothingIsOnItsWay() {
        // when
        CompletableFuture<Void> first = reports.send();
        sent.getFirst().complete(null);
        CompletableFuture<Void> second = reports.send();

        // then
        assertThat(first).isDone();
        assertThat(second).isNotDone();
        assertThat(sent).hasSize(2);
    }

    @Test
    void shouldPutManyChangesIntoOneReportBehindTheOneThatIsOnItsWay() {
        // given
        CompletableFuture<Void> first = reports.send();

        // when
        List<CompletableFuture<Void>> changes = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            changes.add(reports.send());
        }

        // then
        assertThat(sent).hasSize(1);

        // when
        sent.getFirst().complete(null);

        // then
        assertThat(first).isDone();
        assertThat(sent).hasSize(2);
        assertThat(changes).noneMatch(CompletableFuture::isDone);

        // when
        sent.getLast().complete(null);

        // then
        assertThat(changes).allMatch(CompletableFuture::isDone);
        assertThat(sent).hasSize(2);
    }

    @Test
    void shouldGoOnAfterThem() {
        // given
        reports.send();
        reports.send();
        sent.get(0).complete(null);

        // when
        CompletableFuture<Void> third = reports.send();
        sent.get(1).complete(null);
        sent.get(2).complete(null);

        // then
        assertThat(third).isDone();
        assertThat(sent).hasSize(3);
    }
}
