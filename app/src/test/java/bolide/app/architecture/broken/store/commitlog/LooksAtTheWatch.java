package bolide.app.architecture.broken.store.commitlog;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.util.Date;
import java.util.function.LongSupplier;

/// Breaks: a test could not turn these clocks.
final class LooksAtTheWatch {
    LongSupplier reference() {
        return System::nanoTime;
    }

    long millis() {
        return System.currentTimeMillis();
    }

    Instant instant() {
        return Instant.now();
    }

    LocalDateTime local() {
        return LocalDateTime.now();
    }

    InstantSource source() {
        return InstantSource.system();
    }

    Clock clock() {
        return Clock.systemUTC();
    }

    Clock ticking() {
        return Clock.tickMillis(Clock.systemDefaultZone().getZone());
    }

    Date date() {
        return new Date();
    }
}
