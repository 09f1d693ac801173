package bolide.cli.load;

import java.time.InstantSource;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;

/// What a load takes from the machine it runs on.
///
/// @param clock the time that messages are stamped with
/// @param nanoClock a clock that nobody sets
/// @param threads makes the threads that send, and the client's
public record LoadTools(InstantSource clock, LongSupplier nanoClock, ThreadFactory threads) {}
