package bolide.app.hostile;

import bolide.protocol.topic.Names;
import java.util.SplittableRandom;

/// Names that neither a topic nor a group may have, made up from a seed: ways out of a directory,
/// control characters, other alphabets, other programs' separators, and sheer length.
final class HostileNames {
    private static final String[] WAYS_OUT = {
        ".",
        "..",
        "../x",
        "../../x",
        "/x",
        "/etc/passwd",
        "x/../../x",
        "./x",
        "~/x",
        "\\..\\x",
        "C:\\x",
        "x/",
        "..%2fx",
        "%2e%2e/x",
        "..\0",
        "x\0/../x",
        "file:///x"
    };
    private static final String[] CONTROLS = {
        "\0", "\0\0\0", "\r\n", "a\nb", "\u001b[31mred", "\u007f", "\u0085", "\1key\2value", "\t"
    };
    private static final String[] ALPHABETS = {
        "ä",
        "имя",
        "名前",
        "\ud83d\ude00",
        "\u202egnp.exe",
        "a\u0301",
        "\ufeffbom",
        "\uff0e\uff0e",
        "\u2215x",
        "\u2028line",
        "\u00a0"
    };
    private static final String[] SEPARATORS = {
        "@", "a@b", "a@b@0", "a:b", "a;b", "a,b", "a b", "*", "a?b", "#", "a=b", "$(x)", "`x`", "'",
        "\"", "{}", "<x>", "&amp;", "a+b", "."
    };

    private HostileNames() {}

    static String of(SplittableRandom random) {
        String name =
                switch (random.nextInt(8)) {
                    case 0 -> "";
                    case 1 -> "../".repeat(1 + random.nextInt(9)) + "x";
                    case 2 -> pick(random, WAYS_OUT);
                    case 3 -> pick(random, CONTROLS);
                    case 4 -> pick(random, ALPHABETS);
                    case 5 -> pick(random, SEPARATORS);
                    case 6 -> "n".repeat(Names.LONGEST_TOPIC + 1 + random.nextInt(200));
                    default -> "n".repeat(64 * 1024 - random.nextInt(2));
                };
        boolean isDerived = !name.isEmpty() && random.nextInt(4) == 0;
        return isDerived && name.length() < 100 ? Names.RETRY_PREFIX + name : name;
    }

    private static String pick(SplittableRandom random, String[] names) {
        return names[random.nextInt(names.length)];
    }
}
