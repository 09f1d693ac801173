package bolide.client;

import bolide.remoting.Network;
import bolide.remoting.Timers;
import java.net.InetAddress;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;

/**
 * What a client stands on: the machine's, or a test's.
 *
 * @param host by which this host is told from others
 * @param processId by which this process is told from others on the host
 * @param network where connections come from
 * @param timers run on one thread, which owns the state of consumers
 * @param lookups runs the looking up of hosts, which may wait
 * @param pools makes the threads that call a group's listener: so many at most
 * @param clock the wall clock
 * @param zone whose months count in message ids
 * @param nanos the monotonic clock
 */
record Surroundings(
        InetAddress host,
        long processId,
        Network network,
        Timers timers,
        Executor lookups,
        BiFunction<String, Integer, ExecutorService> pools,
        InstantSource clock,
        ZoneId zone,
        LongSupplier nanos) {}
