package bolide.protocol.text;

/**
 * A stranger's text made fit for a message to people: short, on one line, without control
 * characters.
 */
public final class Excerpt {
    private static final int LONGEST = 64;

    private Excerpt() {}

    /**
     * @return the text in quotes; control characters as {@code ?}, cut after 64 characters
     */
    public static String of(String text) {
        StringBuilder shown = new StringBuilder(Math.min(text.length(), LONGEST) + 16).append('"');
        for (int at = 0; at < Math.min(text.length(), LONGEST); at++) {
            char c = text.charAt(at);
            shown.append(Character.isISOControl(c) ? '?' : c);
        }
        shown.append('"');
        if (text.length() > LONGEST) {
            shown.append("... (").append(text.length()).append(" characters)");
        }
        return shown.toString();
    }
}
