package bolide.app.architecture.broken.broker.offset;

import java.util.Random;

/// Breaks nothing: the seed decides.
final class MayFollowASeed {
    int roll(long seed) {
        return new Random(seed).nextInt(6);
    }
}
