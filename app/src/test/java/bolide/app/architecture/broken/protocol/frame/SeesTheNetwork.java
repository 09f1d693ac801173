package bolide.app.architecture.broken.protocol.frame;

import bolide.app.architecture.broken.remoting.MayBeSeen;

/// Breaks: the arrow points the other way.
record SeesTheNetwork(MayBeSeen network) {}
