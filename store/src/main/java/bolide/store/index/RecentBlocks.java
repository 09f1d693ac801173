package bolide.store.index;

/// Blocks of entries that were read lately, for consumers take the next messages of a block with
/// their next pulls. For several threads: a block that another one replaces meanwhile is only read
/// once more. Benchmark: `consume`.
final class RecentBlocks {
    private static final int PLACES = 64; // of 4 KiB each

    /// @param entriesAt where the run's entries are in the file; no two runs share that
    private record Kept(IndexFile file, int entriesAt, EntryBlock block) {
        boolean isOf(Span span, long offset) {
            return file == span.file() && entriesAt == span.entriesAt() && block.covers(offset);
        }
    }

    private final Kept[] kept = new Kept[PLACES];

    /// @param offset one that the span covers
    /// @return the entries around it
    /// @throws DamagedIndexException when they are not as they were written
    EntryBlock of(Span span, long offset) {
        int place = (int) KeyHash.mix(span.entriesAt() + span.blockStart(offset)) & PLACES - 1;
        Kept found = kept[place];
        if (found != null && found.isOf(span, offset)) {
            return found.block();
        }
        EntryBlock block = span.block(offset);
        if (!block.isGone()) {
            kept[place] = new Kept(span.file(), span.entriesAt(), block);
        }
        return block;
    }
}
