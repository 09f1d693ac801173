package bolide.store.index;

/// A run in an index file.
///
/// @param hash of the queue's name
/// @param entriesAt the place in the file of its first entry
public record Span(
        IndexFile file,
        long hash,
        long firstOffset,
        int count,
        long firstPosition,
        long lastPosition,
        long firstTime,
        long lastTime,
        int entriesAt)
        implements Run {
    @Override
    public long endOffset() {
        return firstOffset + count;
    }

    public boolean covers(long offset) {
        return offset >= firstOffset && offset < endOffset();
    }

    /// @param offset one that is covered
    /// @return the first offset of the block that holds its entry
    long blockStart(long offset) {
        return offset - (offset - firstOffset) % IndexFormat.BLOCK_ENTRIES;
    }

    /// @param offset one that is covered
    /// @return the entries around it, read from the file
    /// @throws DamagedIndexException when they are not as they were written
    EntryBlock block(long offset) {
        return file.block(this, offset);
    }
}
