package bolide.app.architecture.broken.client;

import java.time.InstantSource;

/// Breaks nothing: applications have no wiring of ours.
final class MaySupplySeams {
    InstantSource clock() {
        return InstantSource.system();
    }

    Thread thread() {
        return new Thread();
    }
}
