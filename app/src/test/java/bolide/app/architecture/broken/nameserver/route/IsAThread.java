package bolide.app.architecture.broken.nameserver.route;

/// Breaks: it is a thread itself.
final class IsAThread extends Thread {}
