package bolide.protocol.text;

import java.nio.charset.StandardCharsets;

/**
 * Short texts that came lately, to be found by their bytes: the same few topics, groups and words
 * come again with every request, and need not become objects each time. For several threads: a text
 * that another one replaces meanwhile is only made once more.
 */
public final class RecentTexts {
    private final String[] texts;
    private final int longest;

    /**
     * Nothing came yet.
     *
     * @param places how many texts are kept at most, a power of two
     * @param longest bytes of the longest text that is kept
     */
    public RecentTexts(int places, int longest) {
        assert Integer.bitCount(places) == 1 : places;
        this.texts = new String[places];
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
        int hash = length;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + utf8[i];
        }
        int place = (hash ^ hash >>> 16) & texts.length - 1;
        String text = texts[place];
        if (text == null || !isAscii(text, utf8, from, length)) {
            text = new String(utf8, from, length, StandardCharsets.UTF_8);
            texts[place] = text;
        }
        return text;
    }

    private static boolean isAscii(String text, byte[] ascii, int from, int length) {
        if (text.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (ascii[from + i] != text.charAt(i)) { // never equal for a byte that is not ASCII
                return false;
            }
        }
        return true;
    }
}
