package bolide.protocol.topic;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.protocol.Seeded;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Changes of attributes, in their two forms. */
class AttributeChangesTest {
    @Test
    void shouldLeaveWhatIsNotNamed() {
        // given
        AttributeChanges changes = AttributeChanges.parse("+a=1,-b,+c=x=y");

        // when, then
        assertThat(changes.applyTo(Map.of("a", "0", "b", "2", "d", "3")))
                .isEqualTo(Map.of("a", "1", "c", "x=y", "d", "3"));
        assertThat(AttributeChanges.NONE.applyTo(Map.of("a", "0"))).isEqualTo(Map.of("a", "0"));
    }

    @Test
    void shouldReadSignsBeforeNames() {
        // when
        AttributeChanges changes = AttributeChanges.ofSigned(Map.of("+a", "1", "-b", "", "c", "3"));

        // then
        assertThat(changes).isEqualTo(AttributeChanges.parse("+a=1,+c=3,-b"));
    }

    @Test
    void shouldReadBackWhatItWrites() {
        Seeded.forEach(
                300,
                seeded -> {
                    // given
                    TreeMap<String, String> put = new TreeMap<>();
                    seeded.properties()
                            .forEach((name, value) -> put.put(name, value.replace(",", "")));
                    AttributeChanges changes =
                            new AttributeChanges(put, new TreeSet<>(seeded.list(4, seeded::name)));

                    // when, then
                    assertThat(AttributeChanges.parse(changes.text())).isEqualTo(changes);
                });
    }
}
