package bolide.app.architecture.broken.store.commitlog;

/// Breaks: only app ends the process.
final class EndsTheProcess {
    void exit() {
        System.exit(1);
    }

    void exitByRuntime() {
        Runtime.getRuntime().exit(1);
    }

    void halt() {
        Runtime.getRuntime().halt(1);
    }
}
