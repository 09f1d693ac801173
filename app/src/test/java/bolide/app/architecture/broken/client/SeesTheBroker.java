package bolide.app.architecture.broken.client;

import bolide.app.architecture.broken.broker.offset.SeesSends;

/// Breaks: applications would have to load the server.
record SeesTheBroker(SeesSends sends) {}
