package bolide.app.architecture.broken.sidecar;

/// Breaks: the plan does not draw this module.
record StandsApart() {}
