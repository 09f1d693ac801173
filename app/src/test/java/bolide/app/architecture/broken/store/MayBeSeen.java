package bolide.app.architecture.broken.store;

/// Breaks nothing.
public record MayBeSeen() {}
