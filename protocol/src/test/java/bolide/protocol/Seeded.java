package bolide.protocol;

import bolide.protocol.topic.TopicConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Values made up from a seed: the same seed, the same values. */
public final class Seeded {
    private static final long[] ODD_NUMBERS = {
        0,
        1,
        -1,
        127,
        128,
        255,
        256,
        32767,
        32768,
        65535,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        1L << 31,
        1L << 32,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        1700000000000L
    };
    private static final String ODD_CHARACTERS =
            "\0\1\2\b\t\n\f\r\u001f \"'/\\{}[]:,%|#\u007f\u0080\u2028";
    private static final String NAME_CHARACTERS =
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-%|";

    private final SplittableRandom random;

    public Seeded(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Runs the case for every seed from 0; a failure names the seed. */
    public static void forEach(int seeds, Consumer<Seeded> oneCase) {
        for (int seed = 0; seed < seeds; seed++) {
            try {
                oneCase.accept(new Seeded(seed));
            } catch (RuntimeException | AssertionError failed) {
                throw new AssertionError("seed " + seed + ": " + failed, failed);
            }
        }
    }

    public SplittableRandom random() {
        return random;
    }

    public int below(int bound) {
        return random.nextInt(bound);
    }

    public boolean coin() {
        return random.nextBoolean();
    }

    public long number() {
        return coin() ? ODD_NUMBERS[below(ODD_NUMBERS.length)] : random.nextLong();
    }

    public int integer() {
        return (int) number();
    }

    public int port() {
        return below(65536);
    }

    public byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /**
     * @return a name of 1 to 20 characters that a topic may have
     */
    public String name() {
        return name(1 + below(20));
    }

    public String name(int length) {
        StringBuilder name = new StringBuilder();
        while (name.length() < length) {
            name.append(NAME_CHARACTERS.charAt(below(NAME_CHARACTERS.length())));
        }
        return name.toString();
    }

    /**
     * @return up to 20 characters of any kind, surrogates in pairs only
     */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (int left = below(21); left > 0; left--) {
            switch (below(5)) {
                case 0 -> text.append(ODD_CHARACTERS.charAt(below(ODD_CHARACTERS.length())));
                case 1 -> text.append((char) (0x80 + below(0x700)));
                case 2 -> text.append((char) (0x4e00 + below(0x1000)));
                case 3 -> text.appendCodePoint(0x1f300 + below(0x200));
                default -> text.append((char) (' ' + below(95)));
            }
        }
        return text.toString();
    }

    /**
     * @return a text with surrogates anywhere, mostly alone
     */
    public String textWithLoneSurrogates() {
        StringBuilder text = new StringBuilder(text());
        for (int left = 1 + below(4); left > 0; left--) {
            char surrogate = (char) (0xd800 + below(0x800));
            text.insert(below(text.length() + 1), surrogate);
        }
        return text.toString();
    }

    /**
     * @return a text that may stand in a message's properties
     */
    public String propertyText() {
        return text().replace('\1', 'a').replace('\2', 'b');
    }

    public Map<String, String> properties() {
        Map<String, String> properties = new LinkedHashMap<>();
        for (int left = below(8); left > 0; left--) {
            properties.put(name(), propertyText());
        }
        return properties;
    }

    public TopicConfig topic() {
        return new TopicConfig(
                name(),
                integer(),
                integer(),
                integer(),
                coin() ? "SINGLE_TAG" : "MULTI_TAG",
                integer(),
                coin(),
                properties());
    }

    public InetSocketAddress host(boolean v6) {
        byte[] address = bytes(v6 ? 16 : 4);
        if (v6) {
            address[0] = 0x20; // none that stands for a V4 address
        }
        try {
            return new InetSocketAddress(InetAddress.getByAddress(address), port());
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /**
     * @return up to that many of them
     */
    public <T> List<T> list(int most, Supplier<T> element) {
        List<T> list = new ArrayList<>();
        for (int left = below(most + 1); left > 0; left--) {
            list.add(element.get());
        }
        return list;
    }
}
