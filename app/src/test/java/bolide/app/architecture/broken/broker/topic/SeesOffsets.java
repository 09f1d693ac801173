package bolide.app.architecture.broken.broker.topic;

import bolide.app.architecture.broken.broker.offset.SeesSends;

/// Another third of it.
public record SeesOffsets(SeesSends offsets) {}
