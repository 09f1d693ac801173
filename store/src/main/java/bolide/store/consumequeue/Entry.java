package bolide.store.consumequeue;

/// What a queue knows of one message; filled in by [ConsumeQueue#read].
public final class Entry {
    long position;
    int size;
    long tagHash;
    long storeTimestamp;

    /// @return the record's first byte in the commit log
    public long position() {
        return position;
    }

    /// @return bytes of the record
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
}
