package bolide.app.architecture.broken.store.dispatch;

import bolide.app.architecture.broken.remoting.MayBeSeen;

/// Breaks: a store knows nothing of a network.
record SeesTheNetwork(MayBeSeen network) {}
