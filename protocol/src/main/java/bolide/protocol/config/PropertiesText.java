package bolide.protocol.config;

import bolide.protocol.frame.InvalidRequestException;
import bolide.protocol.text.Excerpt;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;

/** Settings as tools send and receive them: lines of {@code key=value} in UTF-8. */
public final class PropertiesText {
    private PropertiesText() {}

    /**
     * @return values by key, without the spaces around them
     * @throws InvalidRequestException when the body is no such text
     */
    public static SortedMap<String, String> decode(ByteBuffer body) {
        Properties properties = new Properties();
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(body.duplicate()).toString();
            properties.load(new StringReader(text));
        } catch (CharacterCodingException otherEncoding) {
            throw new InvalidRequestException("the settings are not UTF-8 text");
        } catch (IllegalArgumentException malformed) {
            throw new InvalidRequestException(
                    "the settings are not lines of key=value: "
                            + Excerpt.of(String.valueOf(malformed.getMessage())));
        } catch (IOException impossible) { // of a text in memory
            throw new UncheckedIOException(impossible);
        }
        SortedMap<String, String> settings = new TreeMap<>();
        for (String key : properties.stringPropertyNames()) {
            settings.put(key, properties.getProperty(key).trim());
        }
        return settings;
    }

    /**
     * @param settings keys without {@code =}, {@code :} and spaces; values of one line
     */
    public static ByteBuffer encode(Map<String, String> settings) {
        StringBuilder text = new StringBuilder();
        settings.forEach((key, value) ->
                text.append(key).append('=').append(value.replace("\\", "\\\\")).append('\n'));
        return ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
