package bolide.app.architecture.broken.broker;

import bolide.app.architecture.broken.store.MayBeSeen;

/// Breaks nothing: the arrows lead from here to both.
record MaySeeTheStore(
        MayBeSeen store, bolide.app.architecture.broken.remoting.MayBeSeen remoting) {}
