package bolide.app.architecture.broken.store.commitlog;

import bolide.app.architecture.broken.store.state.SeesTheLog;

/// The other half of it.
public interface SeesState {
    SeesTheLog state();
}
