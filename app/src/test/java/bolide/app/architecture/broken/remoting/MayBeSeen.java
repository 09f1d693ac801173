package bolide.app.architecture.broken.remoting;

/// Breaks nothing.
public record MayBeSeen() {}
