package bolide.app.architecture.broken.broker.topic.impl;

/// Breaks: the name says nothing.
record TopicsImpl() {}
