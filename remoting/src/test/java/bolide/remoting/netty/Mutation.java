package bolide.remoting.netty;

import java.util.Arrays;
import java.util.Random;

/** Damages bytes at random: flips, overwrites, cuts, repeats, inserts. */
final class Mutation {
    private Mutation() {}

    static byte[] of(byte[] original, Random random) {
        byte[] bytes = original.clone();
        for (int left = 1 + random.nextInt(4); left > 0; left--) {
            bytes = once(bytes, random);
        }
        return bytes;
    }

    private static byte[] once(byte[] bytes, Random random) {
        if (bytes.length == 0) {
            return new byte[] {(byte) random.nextInt()};
        }
        int at = random.nextInt(random.nextBoolean() ? Math.min(8, bytes.length) : bytes.length);
        switch (random.nextInt(5)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[at] = (byte) random.nextInt();
            case 2 -> bytes = Arrays.copyOf(bytes, at);
            case 3 -> {
                byte[] longer = Arrays.copyOf(bytes, bytes.length + bytes.length - at);
                System.arraycopy(bytes, at, longer, bytes.length, bytes.length - at);
                bytes = longer;
            }
            default -> {
                byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
                System.arraycopy(bytes, at, longer, at + 1, bytes.length - at);
                longer[at] = (byte) random.nextInt();
                bytes = longer;
            }
        }
        return bytes;
    }
}
