package bolide.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.compatibility.driver.Report;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What comes out is what went in, up to the largest body. */
@ExtendWith(SharedServer.class)
final class BodyTest {
    @Test
    void shouldKeepTextBeyondAsciiAndCompressedBodies(ServerUnderTest server) {
        // when
        DriverProcess driver = DriverProcess.play(server, "round-trip", "topic=round-trip");

        // then
        Report rich = driver.report("message", "body", "雪 \uD83D\uDE80 body");
        assertThat(rich.values())
                .containsEntry("tags", "Étiquette")
                .containsEntry("keys", "clé-1 鍵-2")
                .containsEntry("flag", "-7")
                .containsAllEntriesOf(
                        Map.of(
                                "property.city", "東京",
                                "property.名前", "café \uD83D\uDE80",
                                "property.json", "{\"a\": [1, 'b'], \"c\": \"\\\\\"}"));
        Report bare = driver.report("message", "body", "bare");
        assertThat(bare.values())
                .containsEntry("tags", "null")
                .containsEntry("keys", "null")
                .containsEntry("flag", "0");
        String compressed = driver.reports("compressed").getFirst().text("body");
        assertThat(driver.reports("message", "body", compressed)).hasSize(1);
    }

    @Test
    void shouldTakeTheLargestBodyRefuseOneByteMoreAndKeepTheConnection(ServerUnderTest server) {
        // when
        DriverProcess driver = DriverProcess.play(server, "largest", "topic=largest");

        // then
        assertThat(driver.values("sent", "status")).hasSize(3).containsOnly("SEND_OK");
        assertThat(Place.bodies(driver.reports("message")))
                .isEqualTo(Place.bodies(driver.reports("sent")));
        assertThat(driver.values("message", "body"))
                .anyMatch(body -> body.startsWith("4194304 bytes "));
        Report refused = driver.report("refused", "what", "one byte more");
        assertThat(refused.text("by")).isEqualTo("server");
        assertThat(refused.number("code")).isEqualTo(13);
        assertThat(refused.text("remark")).contains("4194304");
        String before = driver.report("message", "body", "before").text("bornHost");
        assertThat(driver.report("message", "body", "after").text("bornHost")).isEqualTo(before);
    }
}
