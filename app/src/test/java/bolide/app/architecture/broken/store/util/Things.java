package bolide.app.architecture.broken.store.util;

/// Breaks: nobody knows what belongs here.
record Things() {}
