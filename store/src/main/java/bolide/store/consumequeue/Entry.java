package bolide.store.consumequeue;

import bolide.store.index.EntryBlock;

/// What a queue knows of one message; filled in by [ConsumeQueue#read]. Reading on with the same
/// entry is an array access: it remembers what was read from the disk last. Not for several
/// threads.
public final class Entry {
    private static final long NOWHERE = -1;

    private long position;
    private int size;
    private long tagHash;
    private long storeTimestamp;

    private ConsumeQueue blockOf;
    private EntryBlock block;

    /// @return whether the message at this offset was lost to damage of the log
    public boolean isMissing() {
        return position == NOWHERE;
    }

    /// @return the record's first byte in the commit log
    public long position() {
        return position;
    }

    /// @return bytes of the record; 0 when it is missing
    public int size() {
        return size;
    }

    /// @return see [bolide.protocol.message.TagHash]
    public long tagHash() {
        return tagHash;
    }

    /// @return milliseconds of the broker's clock
    public long storeTimestamp() {
        return storeTimestamp;
    }

    void show(long[] fields, int at) {
        position = fields[at];
        size = (int) fields[at + 1];
        tagHash = fields[at + 2];
        storeTimestamp = fields[at + 3];
    }

    void showMissing() {
        position = NOWHERE;
        size = 0;
        tagHash = 0;
        storeTimestamp = 0;
    }

    void remember(ConsumeQueue queue, EntryBlock read) {
        blockOf = queue;
        block = read;
    }

    /// @return whether the entry was in the block read last
    boolean showRemembered(ConsumeQueue queue, long offset) {
        if (blockOf != queue || !block.covers(offset)) {
            return false;
        }
        show(block.fields(), block.at(offset));
        return true;
    }
}
