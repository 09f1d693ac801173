package bolide.app.architecture.broken.broker.send;

import bolide.app.architecture.broken.broker.topic.SeesOffsets;

/// A third of a cycle.
public record SeesTopics(SeesOffsets topics) {}
