package bolide.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The same names of topics and groups in several namespaces. */
@ExtendWith(SharedServer.class)
final class NamespaceTest {
    @Test
    void shouldKeepNamespacesApartThatArePartOfTheNames(ServerUnderTest server) {
        // when
        DriverProcess driver = DriverProcess.play(server, "namespaces", "topic=spaced");

        // then
        for (String namespace : List.of("none", "east", "west")) {
            assertThat(bodies(driver, namespace))
                    .containsExactlyInAnyOrderElementsOf(sentIn(namespace));
        }
        assertThat(driver.reports("message", "topic", "spaced")).hasSize(3 * 4);
        assertThat(driver.reports("message", "topic", "east%spaced"))
                .extracting(message -> message.text("body"))
                .containsExactlyInAnyOrderElementsOf(sentIn("east"));
    }

    /** Only a proxy looks at them. */
    @Test
    @Tag("since-5")
    void shouldPassOverNamespacesThatStandBesideTheNames(ServerUnderTest server) {
        // when
        DriverProcess driver =
                DriverProcess.play(server, "namespaces-beside-names", "topic=beside");

        // then the consumers are members of one group
        assertThat(driver.values("message", "body"))
                .containsAll(sentIn("none"))
                .containsAll(sentIn("east"));
    }

    private static List<String> sentIn(String namespace) {
        return IntStream.range(0, 4).mapToObj(i -> namespace + "-" + i).toList();
    }

    private static List<String> bodies(DriverProcess driver, String member) {
        return driver.reports("message", "member", member).stream()
                .map(message -> message.text("body"))
                .toList();
    }
}
