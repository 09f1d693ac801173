package bolide.broker.statistics;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;

/// What came in and went out up to the last two midnights, counted from the start. Guarded by
/// itself.
public final class Mornings {
    /// @param taken messages that had come in
    /// @param handedOut messages that had gone out
    record Totals(long taken, long handedOut) {
        private static final Totals NONE = new Totals(0, 0);
    }

    private final Traffic traffic;
    private final InstantSource clock;
    private final ZoneId zone;
    private LocalDate date;
    private Totals yesterday = Totals.NONE;
    private Totals today = Totals.NONE;

    /// @param zone in which it is midnight
    public Mornings(Traffic traffic, InstantSource clock, ZoneId zone) {
        this.traffic = traffic;
        this.clock = clock;
        this.zone = zone;
        this.date = date();
    }

    /// Looks whether it is another day; asked often, as midnight is only noticed here.
    public synchronized void look() {
        LocalDate now = date();
        if (now.isAfter(date)) {
            yesterday = now.equals(date.plusDays(1)) ? today : now();
            today = now();
            date = now;
        }
    }

    private LocalDate date() {
        return LocalDate.ofInstant(clock.instant(), zone);
    }

    Totals now() {
        return new Totals(traffic.allTaken().messages(), traffic.allHandedOut().messages());
    }

    synchronized Totals today() {
        return today;
    }

    synchronized Totals yesterday() {
        return yesterday;
    }
}
