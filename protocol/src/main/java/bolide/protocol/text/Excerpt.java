package bolide.protocol.text;

/** A stranger's text made fit for a message to people: short, on one line, nothing invisible. */
public final class Excerpt {
    private static final int LONGEST = 64;

    private Excerpt() {}

    /**
     * @return the text in quotes, cut after 64 characters; whatever ends a line, turns its
     *     direction or is no character at all as {@code ?}
     */
    public static String of(String text) {
        int length = Math.min(text.length(), LONGEST);
        StringBuilder shown = new StringBuilder(length + 24).append('"');
        int at = 0;
        while (at < length) {
            int c = text.codePointAt(at);
            at += Character.charCount(c);
            shown.appendCodePoint(at <= length && isPlain(c) ? c : '?');
        }
        shown.append('"');
        if (text.length() > LONGEST) {
            shown.append("... (").append(text.length()).append(" characters)");
        }
        return shown.toString();
    }

    private static boolean isPlain(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> true;
        };
    }
}
