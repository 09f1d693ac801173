package bolide.app.architecture.broken.nameserver.route;

import bolide.app.architecture.broken.store.MayBeSeen;

/// Breaks: no arrow leads from a name server to a store.
final class SeesTheStore {
    String show() {
        return new MayBeSeen().toString();
    }
}
