package bolide.app.architecture.broken.client.producer;

import java.time.Instant;

/// Breaks: only the entry of the client may do this.
final class LooksAtTheWatch {
    Instant now() {
        return Instant.now();
    }
}
