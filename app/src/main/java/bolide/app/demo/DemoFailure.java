package bolide.app.demo;

/// The demo could not do what it shows.
public final class DemoFailure extends RuntimeException {
    DemoFailure(String message) {
        super(message, null, false, false);
    }
}
