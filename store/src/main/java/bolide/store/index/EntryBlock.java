package bolide.store.index;

/// Entries read from an index file and found whole, copied to memory.
public final class EntryBlock {
    /// Stands for a block of a file that is not there any more.
    static final EntryBlock GONE = new EntryBlock(0, new long[0]);

    private final long firstOffset;
    private final long[] fields;

    EntryBlock(long firstOffset, long[] fields) {
        this.firstOffset = firstOffset;
        this.fields = fields;
    }

    /// @return whether the file was closed; look the offset up once more
    public boolean isGone() {
        return fields.length == 0;
    }

    public boolean covers(long offset) {
        return offset >= firstOffset && offset - firstOffset < fields.length / Chunk.FIELDS;
    }

    /// @return what holds the entries, see [Chunk#FIELDS]
    public long[] fields() {
        return fields;
    }

    /// @return where in [#fields] the entry begins
    public int at(long offset) {
        return (int) (offset - firstOffset) * Chunk.FIELDS;
    }
}
