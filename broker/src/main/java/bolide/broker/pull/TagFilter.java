package bolide.broker.pull;

import bolide.protocol.group.Subscription;
import bolide.protocol.message.TagHash;
import java.util.Arrays;

/// Lets messages through by the hash of their tag; the consumer compares the tags themselves.
public final class TagFilter {
    static final TagFilter ALL = new TagFilter(new long[0]);

    private final long[] hashes;

    private TagFilter(long[] hashes) {
        this.hashes = hashes;
    }

    /// @param subscription by tags; without any it lets everything through
    public static TagFilter of(Subscription subscription) {
        if (subscription.tags().isEmpty()) {
            return ALL;
        }
        return new TagFilter(
                subscription.tags().stream().mapToLong(TagHash::of).sorted().toArray());
    }

    /// @param tagHash of the message, see [TagHash]
    public boolean matches(long tagHash) {
        return hashes.length == 0 || Arrays.binarySearch(hashes, tagHash) >= 0;
    }
}
