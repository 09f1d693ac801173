package bolide.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.protocol.Seeded;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tags as numbers. */
class TagHashTest {
    private static long ofProperties(String properties) {
        byte[] bytes = properties.getBytes(StandardCharsets.UTF_8);
        ByteBuffer within = ByteBuffer.allocate(bytes.length + 8).put(5, bytes);
        return TagHash.ofProperties(within, 5, bytes.length);
    }

    @Test
    void shouldHashAsApacheDoes() {
        // when, then
        assertThat(TagHash.of("TagA")).isEqualTo(2598919);
        assertThat(TagHash.of("")).isZero();
        assertThat(TagHash.of("polygenelubricants")).isEqualTo(-2147483648L); // sign-extended
        assertThat(ofProperties("TAGS\1TagA\2")).isEqualTo(2598919);
        assertThat(ofProperties("TAGS\1polygenelubricants")).isEqualTo(-2147483648L);
    }

    @Test
    void shouldBeZeroWithoutATag() {
        // when, then
        assertThat(ofProperties("")).isZero();
        assertThat(ofProperties("KEYS\1TAGS\2")).isZero();
        assertThat(ofProperties("TAGS")).isZero();
        assertThat(ofProperties("TAGS\2")).isZero();
        assertThat(ofProperties("TAGS\1\2")).isZero();
        assertThat(ofProperties("TAGSx\1TagA\2xTAGS\1TagA\2")).isZero();
    }

    @Test
    void shouldTakeTheLastOfSeveralTags() {
        // when, then
        assertThat(ofProperties("TAGS\1x\2KEYS\1k\2TAGS\1TagA\2")).isEqualTo(2598919);
        assertThat(ofProperties("TAGS\1TagA\2TAGS\1\2")).isZero();
    }

    @Test
    void shouldHashBytesAsItHashesTexts() {
        Seeded.forEach(
                3000,
                seeded -> {
                    // given
                    Map<String, String> properties = seeded.properties();
                    String tag = seeded.propertyText();
                    properties.put("TAGS", tag);
                    seeded.properties().forEach(properties::putIfAbsent);

                    // when, then
                    assertThat(ofProperties(MessageProperties.encode(properties)))
                            .isEqualTo(tag.hashCode());
                });
    }
}
