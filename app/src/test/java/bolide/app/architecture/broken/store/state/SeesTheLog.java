package bolide.app.architecture.broken.store.state;

import bolide.app.architecture.broken.store.commitlog.SeesState;

/// Half of a cycle.
public record SeesTheLog(SeesState log) {}
