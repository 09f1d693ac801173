package bolide.store.crash;

import bolide.store.file.MemoryVolume.Fault;

/// What ends a process.
enum Ending {
    KILL(null),
    POWER_CUT(null),
    IO_ERROR(Fault.IO_ERROR),
    NO_SPACE(Fault.NO_SPACE),
    SHORT_WRITE(Fault.SHORT_WRITE);

    /// How an operation fails before the process is ended; null when none does.
    final Fault fault;

    Ending(Fault fault) {
        this.fault = fault;
    }
}
