package bolide.benchmarks.compare.store;

import java.util.Random;

/// The bodies and properties that are sent, made before anything is measured.
final class Messages {
    static final String TAG = "bench";

    private static final int KINDS = 65_536;
    private static final int SEED = 42;

    private final byte[] body;
    private final String[] properties = new String[KINDS];

    Messages(int bodyBytes) {
        body = new byte[bodyBytes];
        new Random(SEED).nextBytes(body);
        for (int i = 0; i < KINDS; i++) {
            properties[i] = propertiesOf(i);
        }
    }

    static String propertiesOf(int kind) {
        String key = "%032X".formatted(0x7F000001_0000L * KINDS + kind);
        return "UNIQ_KEY\1" + key + "\2WAIT\1true\2TAGS\1" + TAG + "\2";
    }

    byte[] body() {
        return body;
    }

    /// @return properties as a client sends them, with another key for each of many neighbours
    String properties(long number) {
        return properties[(int) (number % KINDS)];
    }
}
