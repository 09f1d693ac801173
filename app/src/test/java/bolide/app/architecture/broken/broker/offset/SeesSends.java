package bolide.app.architecture.broken.broker.offset;

import bolide.app.architecture.broken.broker.send.SeesTopics;

/// The last third of it.
public interface SeesSends {
    SeesTopics sends();
}
