package bolide.store.crash;

import bolide.store.file.MemoryVolume.Operation;
import java.util.Locale;

/// How many different states were looked at, by what ended the process and in which operation.
final class Coverage {
    private static final int STRIPES = 64;

    private final Stripe[] stripes = new Stripe[STRIPES];

    Coverage() {
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Stripe();
        }
    }

    /// One part of the states; guarded by itself.
    private static final class Stripe {
        private final long[][] distinct =
                new long[Ending.values().length][Operation.values().length];
        private long[] seen = new long[1 << 10]; // open addressing; 0 is free
        private int size;
        private long looks;

        private void add(long state, Ending ending, Operation operation) {
            looks++;
            if (put(seen, state)) {
                distinct[ending.ordinal()][operation.ordinal()]++;
                if (2 * ++size > seen.length) {
                    grow();
                }
            }
        }

        private void grow() {
            long[] more = new long[2 * seen.length];
            for (long state : seen) {
                if (state != 0) {
                    put(more, state);
                }
            }
            seen = more;
        }

        private static boolean put(long[] table, long state) {
            int at = (int) (state >>> 6) & table.length - 1;
            while (table[at] != 0 && table[at] != state) {
                at = at + 1 & table.length - 1;
            }
            boolean free = table[at] == 0;
            table[at] = state;
            return free;
        }
    }

    /// Counts a state that was reopened and checked.
    ///
    /// @param image what was on the disk
    /// @param operation in which the process was ended, or which had failed before
    void add(long image, Ending ending, Operation operation) {
        long state = mix(image + ending.ordinal()) | Long.MIN_VALUE;
        Stripe stripe = stripes[(int) state & STRIPES - 1];
        synchronized (stripe) {
            stripe.add(state, ending, operation);
        }
    }

    static long mix(long bits) {
        long mixed = (bits ^ bits >>> 32) * 0x9E3779B97F4A7C15L;
        return (mixed ^ mixed >>> 29) * 0xBF58476D1CE4E5B9L;
    }

    /// @return how many different states
    long distinct() {
        long sum = 0;
        for (Stripe stripe : stripes) {
            synchronized (stripe) {
                sum += stripe.size;
            }
        }
        return sum;
    }

    long distinct(Ending ending, Operation operation) {
        long sum = 0;
        for (Stripe stripe : stripes) {
            synchronized (stripe) {
                sum += stripe.distinct[ending.ordinal()][operation.ordinal()];
            }
        }
        return sum;
    }

    private long looks() {
        long sum = 0;
        for (Stripe stripe : stripes) {
            synchronized (stripe) {
                sum += stripe.looks;
            }
        }
        return sum;
    }

    @Override
    public String toString() {
        StringBuilder table = new StringBuilder();
        table.append(String.format(Locale.ROOT, "%-12s", "ended by"));
        for (Operation operation : Operation.values()) {
            table.append(String.format(Locale.ROOT, "%12s", operation));
        }
        table.append(String.format(Locale.ROOT, "%12s%n", "all"));
        for (Ending ending : Ending.values()) {
            long all = 0;
            table.append(String.format(Locale.ROOT, "%-12s", ending));
            for (Operation operation : Operation.values()) {
                long count = distinct(ending, operation);
                all += count;
                table.append(String.format(Locale.ROOT, "%12d", count));
            }
            table.append(String.format(Locale.ROOT, "%12d%n", all));
        }
        table.append(
                String.format(
                        Locale.ROOT,
                        "%d different states, %d reopened and checked",
                        distinct(),
                        looks()));
        return table.toString();
    }
}
