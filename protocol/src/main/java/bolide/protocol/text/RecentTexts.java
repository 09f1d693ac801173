package bolide.protocol.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Short texts that came lately, to be found by their bytes: the same few topics, groups and words
 * come again with every request, and need not become objects each time. For several threads: a text
 * that another one replaces meanwhile is only made once more.
 */
public final class RecentTexts {
    private record Met(byte[] utf8, String text) {}

    private final Met[] met;
    private final int longest;

    /**
     * Nothing came yet.
     *
     * @param places how many texts are kept at most, a power of two
     * @param longest bytes of the longest text that is kept
     */
    public RecentTexts(int places, int longest) {
        assert Integer.bitCount(places) == 1 : places;
        this.met = new Met[places];
        this.longest = longest;
    }

    /**
     * @return the text that the UTF-8 bytes from {@code from} to before {@code to} mean
     */
    public String of(byte[] utf8, int from, int to) {
        int length = to - from;
        if (length == 0) {
            return "";
        }
        if (length > longest) {
            return new String(utf8, from, length, StandardCharsets.UTF_8);
        }
        int place = AsciiText.hash(utf8, from, length) & met.length - 1;
        Met found = met[place];
        if (found == null
                || found.utf8.length != length
                || !AsciiText.isSame(utf8, from, found.utf8, 0, length)) {
            byte[] copy = Arrays.copyOfRange(utf8, from, to);
            found = new Met(copy, new String(copy, StandardCharsets.UTF_8));
            met[place] = found;
        }
        return found.text;
    }
}
