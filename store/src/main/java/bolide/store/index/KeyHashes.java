package bolide.store.index;

import java.util.Arrays;

/// Hashes of keys with the positions of their records, in the order they came. One thread adds,
/// anybody reads. Each takes eight bytes: the hash above, the position behind a base below.
final class KeyHashes {
    private static final int PAGE = 8192;

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
        Arrays.sort(all);
        return all;
    }
}
