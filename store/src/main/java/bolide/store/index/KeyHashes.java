package bolide.store.index;

import java.util.Arrays;

/// Hashes of keys with the positions of their records, in the order they came. One thread adds,
/// anybody reads. Each takes eight bytes: the hash above, the position behind a base below.
final class KeyHashes {
    private static final int PAGE = 8192;
    private static final int DIGITS = 256;
    private static final int SIGN_SHIFT = Long.SIZE - Byte.SIZE; // of the digit with the sign

    private volatile long[][] pages = new long[4][];
    private int added;
    private volatile int count; // publishes what is new in the pages

    static long pack(int hash, long distance) {
        return (long) hash << 32 | distance;
    }

    static int hash(long packed) {
        return (int) (packed >> 32);
    }

    static long distance(long packed) {
        return packed & 0xFFFFFFFFL;
    }

    /// Seen by others after [#publish()].
    void add(int hash, long distance) {
        int page = added / PAGE;
        long[][] now = pages;
        if (page == now.length) {
            now = Arrays.copyOf(now, 2 * page);
            pages = now;
        }
        if (now[page] == null) {
            now[page] = new long[PAGE];
        }
        now[page][added % PAGE] = pack(hash, distance);
        added++;
    }

    void publish() {
        if (added != count) {
            count = added;
        }
    }

    int count() {
        return count;
    }

    /// @param index below [#count()]
    long get(int index) {
        return pages[index / PAGE][index % PAGE];
    }

    /// @return all of them by hash, then by position; a new array
    long[] sorted() {
        long[] all = new long[count];
        long[][] now = pages;
        for (int at = 0; at < all.length; at += PAGE) {
            System.arraycopy(now[at / PAGE], 0, all, at, Math.min(PAGE, all.length - at));
        }
        long[] other = new long[all.length];
        for (int shift = Integer.SIZE; shift < Long.SIZE; shift += Byte.SIZE) {
            sortByByte(all, other, shift); // keeps the order that was, at first that of positions
            long[] sorted = other;
            other = all;
            all = sorted;
        }
        return all;
    }

    private static void sortByByte(long[] from, long[] to, int shift) {
        int[] next = new int[DIGITS + 1];
        for (long packed : from) {
            next[digit(packed, shift) + 1]++;
        }
        for (int i = 1; i < DIGITS; i++) {
            next[i] += next[i - 1];
        }
        for (long packed : from) {
            to[next[digit(packed, shift)]++] = packed;
        }
    }

    private static int digit(long packed, int shift) {
        int digit = (int) (packed >>> shift) & DIGITS - 1;
        return shift == SIGN_SHIFT ? digit ^ DIGITS / 2 : digit;
    }
}
