package bolide.protocol;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Feeds a decoder with broken input. It has to give a value or throw the one exception it
 * documents, to come to an end and to stay within a small multiple of the input's size in memory.
 */
public final class Broken {
    private static final int MUTATIONS = 20_000;
    private static final int SHORT = 180; // bytes
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final long FREE_BYTES = 32 * 1024; // an exception, its trace and its text
    private static final int[] ODD_NUMBERS = {
        0, 1, -1, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, Integer.MAX_VALUE, Integer.MIN_VALUE
    };
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final List<byte[]> samples;
    private final Class<? extends RuntimeException> documented;
    private final int memoryFactor;
    private final Consumer<ByteBuffer> decoder;
    private volatile String current = "nothing";

    /**
     * @param samples inputs that the decoder takes
     * @param documented what it may throw; null: nothing
     * @param memoryFactor bytes it may allocate per byte of input
     */
    public Broken(
            List<byte[]> samples,
            Class<? extends RuntimeException> documented,
            int memoryFactor,
            Consumer<ByteBuffer> decoder) {
        if (samples.stream().noneMatch(sample -> sample.length <= SHORT)) {
            throw new IllegalArgumentException("no sample is short");
        }
        this.samples = samples;
        this.documented = documented;
        this.memoryFactor = memoryFactor;
        this.decoder = decoder;
    }

    /** Cuts each sample at every byte. */
    public void truncate() {
        watched(this::truncated);
    }

    private void truncated() {
        for (byte[] sample : samples) {
            for (int length = 0; length <= sample.length; length++) {
                feed(Arrays.copyOf(sample, length), "cut to " + length);
            }
        }
    }

    /** Puts every other value into each byte of each sample that is short enough for so much. */
    public void mutateEveryByte() {
        watched(this::mutatedEveryByte);
    }

    private void mutatedEveryByte() {
        for (byte[] sample : samples) {
            if (sample.length > SHORT) {
                continue;
            }
            byte[] input = sample.clone();
            for (int at = 0; at < input.length; at++) {
                for (int change = 1; change < 256; change++) {
                    input[at] = (byte) (sample[at] ^ change);
                    feed(input, "byte " + at + " changed by " + change);
                }
                input[at] = sample[at];
            }
        }
    }

    /** Changes samples at random, and now and then makes up an input from nothing. */
    public void mutateBySeed() {
        watched(this::mutatedBySeed);
    }

    private void mutatedBySeed() {
        for (int seed = 0; seed < MUTATIONS; seed++) {
            feed(mutated(new SplittableRandom(seed)), "seed " + seed);
        }
    }

    private byte[] mutated(SplittableRandom random) {
        if (random.nextInt(20) == 0) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            return noise;
        }
        byte[] input = sample(random).clone();
        for (int left = 1 + random.nextInt(6); left > 0; left--) {
            input = changed(input, random);
        }
        return input;
    }

    private byte[] sample(SplittableRandom random) {
        return samples.get(random.nextInt(samples.size()));
    }

    private byte[] changed(byte[] input, SplittableRandom random) {
        if (input.length == 0) {
            return new byte[] {(byte) random.nextInt(256)};
        }
        int at = random.nextInt(input.length);
        int length = Math.min(1 + random.nextInt(16), input.length - at);
        switch (random.nextInt(7)) {
            case 0 -> input[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> input[at] = (byte) random.nextInt(256);
            case 2 -> {
                int odd = ODD_NUMBERS[random.nextInt(ODD_NUMBERS.length)] + random.nextInt(3) - 1;
                for (int i = 0; i < 4 && at + i < input.length; i++) {
                    input[at + i] = (byte) (odd >> 24 - 8 * i);
                }
            }
            case 3 -> { // leave something out
                return join(input, 0, at, input, at + length, input.length);
            }
            case 4 -> { // say something twice
                return join(input, 0, at + length, input, at, input.length);
            }
            case 5 -> { // go on as another sample does
                byte[] other = sample(random);
                int from = random.nextInt(other.length);
                return join(input, 0, at, other, from, other.length);
            }
            default -> { // one of its own bytes elsewhere: brackets, quotes, separators
                input[at] = input[random.nextInt(input.length)];
            }
        }
        return input;
    }

    private static byte[] join(byte[] head, int from, int to, byte[] tail, int tailFrom, int end) {
        byte[] joined = new byte[to - from + end - tailFrom];
        System.arraycopy(head, from, joined, 0, to - from);
        System.arraycopy(tail, tailFrom, joined, to - from, end - tailFrom);
        return joined;
    }

    /** Runs the cases in a thread of their own, so that a decoder that never ends can be named. */
    private void watched(Runnable cases) {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread thread = new Thread(cases, "decoder");
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((dead, thrown) -> failure.set(thrown));
        thread.start();
        try {
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException stopped) {
            throw new AssertionError("stopped while " + current, stopped);
        }
        if (thread.isAlive()) {
            throw new AssertionError("no end of " + current);
        }
        if (failure.get() != null) {
            throw new AssertionError(failure.get().getMessage(), failure.get());
        }
    }

    private void feed(byte[] input, String how) {
        current = how;
        long allowed = FREE_BYTES + (long) memoryFactor * input.length;
        if (decode(input, how) > allowed) {
            long again = decode(input, how); // without what only the first run of the code costs
            if (again > allowed) {
                throw new AssertionError(again + " bytes allocated: " + described(input, how));
            }
        }
    }

    /**
     * @return how many bytes it allocated
     */
    private long decode(byte[] input, String how) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            decoder.accept(ByteBuffer.wrap(input));
        } catch (RuntimeException | Error thrown) {
            if (thrown.getClass() != documented) {
                throw new AssertionError(described(input, how), thrown);
            }
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    private static String described(byte[] input, String how) {
        return how + ", " + input.length + " bytes: " + HexFormat.of().formatHex(input);
    }
}
