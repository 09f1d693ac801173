package bolide.app.command;

import bolide.app.config.ConfigException;
import bolide.app.config.HostPort;
import bolide.app.config.ServerConfig;
import bolide.app.config.Settings;
import bolide.app.server.Server;
import bolide.cli.CommandFailure;
import bolide.cli.ExitCode;
import bolide.cli.VersionCommand;
import bolide.remoting.NetworkException;
import bolide.store.commitlog.StoreRefusal;
import bolide.store.file.StorageException;
import bolide.store.file.StoreInUseException;
import bolide.store.recovery.Recovery;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Runs a server until it is told to stop.
@Command(
        name = "serve",
        description = "Runs a server: name server and broker in one process, on one port.",
        sortOptions = false)
public final class ServeCommand implements Callable<Integer> {
    private static final String FALLBACK_NAME = "bolide";
    private static final Duration LAST_OF_START = Duration.ofSeconds(1);
    private static final long MIB = 1024 * 1024;

    private final Settings given = new Settings();

    @Spec private CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description =
                    "Where to listen; 0 takes a free port. Default: 9876, and 10911 too if free.")
    private Optional<String> port;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            description = "Which address to listen on. Default: 127.0.0.1.")
    private Optional<String> bind;

    @Option(
            names = "--advertise",
            paramLabel = "HOST:PORT",
            description = "The address that clients are given. Default: the one listened on.")
    private Optional<String> advertise;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The directory that holds everything. Default: bolide-data.")
    private Optional<String> data;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "A properties file with the same settings and a few more, or Apache's"
                            + " broker.conf.")
    private Optional<Path> config;

    @Option(
            names = "--name",
            paramLabel = "BROKER",
            description = "What the broker is called. Default: the machine's name.")
    private Optional<String> name;

    @Option(
            names = "--cluster",
            paramLabel = "NAME",
            description = "What the cluster is called. Default: DefaultCluster.")
    private Optional<String> cluster;

    @Option(
            names = "--roles",
            paramLabel = "ROLES",
            description = "nameserver, broker, or both. Default: nameserver,broker.")
    private Optional<String> roles;

    @Option(
            names = "--nameserver",
            paramLabel = "LIST",
            description = "Name servers elsewhere, HOST:PORT with ; between them.")
    private Optional<String> nameserver;

    @Option(
            names = "--flush",
            paramLabel = "sync|async",
            description = "Answer when a message is on disk, or when it is written. Default: sync.")
    private Optional<String> flush;

    @Option(
            names = "--insecure",
            description = "Allow an address that others can reach, without authentication.")
    private boolean insecure;

    @Option(names = "--help", usageHelp = true, description = "Shows this text.")
    private boolean help;

    @Override
    public Integer call() throws InterruptedException {
        ServerConfig settings = settings();
        CompletableFuture<Server> started = new CompletableFuture<>();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(started), "stop"));
        Server server = start(settings, started);
        announce(settings, server);
        new CountDownLatch(1).await(); // until a signal ends the process
        return ExitCode.OK;
    }

    private ServerConfig settings() {
        try {
            config.ifPresent(given::readFile);
            return given.put("port", port)
                    .put("bind", bind)
                    .put("advertise", advertise)
                    .put("data", data)
                    .put("name", name)
                    .put("cluster", cluster)
                    .put("roles", roles)
                    .put("nameserver", nameserver)
                    .put("flush", flush)
                    .put("insecure", insecure ? Optional.of(true) : Optional.empty())
                    .toConfig(machineName());
        } catch (ConfigException unusable) {
            throw new CommandFailure(ExitCode.WRONG_USAGE, unusable.getMessage());
        }
    }

    /// @return the machine's name as far as a broker may bear it
    private static String machineName() {
        try {
            String host = InetAddress.getLocalHost().getHostName();
            String usable = host.replaceAll("[^a-zA-Z0-9_-]", "-");
            return ServerConfig.isName(usable) ? usable : FALLBACK_NAME;
        } catch (UnknownHostException nameless) {
            return FALLBACK_NAME;
        }
    }

    private Server start(ServerConfig settings, CompletableFuture<Server> started) {
        try {
            Server server = start(settings);
            started.complete(server);
            return server;
        } catch (RuntimeException impossible) {
            started.completeExceptionally(impossible);
            throw impossible;
        }
    }

    private Server start(ServerConfig settings) {
        try {
            return new Server(settings, this::die);
        } catch (ConfigException unusable) {
            throw new CommandFailure(ExitCode.WRONG_USAGE, given.placed(unusable).getMessage());
        } catch (StoreInUseException | NetworkException unavailable) {
            throw new CommandFailure(ExitCode.FAILED, unavailable.getMessage());
        } catch (StoreRefusal noRoom) {
            throw new CommandFailure(ExitCode.STORAGE_FAULT, noRoom.getMessage());
        } catch (StorageException fault) {
            throw new CommandFailure(
                    ExitCode.STORAGE_FAULT,
                    fault.getMessage()
                            + (fault.getCause() == null
                                    ? "" // what lies there is not in order; the message says more
                                    : "; mend that, or name another directory with --data"));
        }
    }

    /// The disk's state is unknown, or the program's: the restart is the repair.
    private void die(Throwable failure) {
        PrintWriter err = spec.commandLine().getErr();
        int exitCode;
        if (failure instanceof StorageException) {
            err.println(
                    "bolide: "
                            + failure.getMessage()
                            + "; nothing is acknowledged any more, mend the disk and start again");
            exitCode = ExitCode.STORAGE_FAULT;
        } else {
            err.println("bolide: stopped by a bug; please report this");
            failure.printStackTrace(err);
            exitCode = ExitCode.FAILED;
        }
        err.flush();
        Runtime.getRuntime().halt(exitCode);
    }

    /// A signal ends the process with the signal's number, however cleanly; halting from within the
    /// last step makes it what a clean stop is to every shell and supervisor: 0. A start that takes
    /// long is not waited for: nothing is acknowledged yet, and the next start begins anew.
    private void stop(CompletableFuture<Server> started) {
        try {
            started.get(LAST_OF_START.toMillis(), TimeUnit.MILLISECONDS).close();
        } catch (TimeoutException starting) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("bolide: stopped while it was starting; nothing is lost");
            err.flush();
        } catch (ExecutionException impossible) {
            return; // the start has failed, and has a code of its own
        } catch (InterruptedException | RuntimeException failure) {
            die(failure);
        }
        Runtime.getRuntime().halt(ExitCode.OK);
    }

    private void announce(ServerConfig settings, Server server) {
        PrintWriter out = spec.commandLine().getOut();
        out.println("bolide " + VersionCommand.bolideVersion() + " on Java " + Runtime.version());
        out.println("listens   " + listening(settings, server));
        out.println("roles     " + roles(settings));
        server.recovered()
                .ifPresent(found -> {
                    out.println("data      " + data(settings, found));
                    out.println("flush     " + flush(settings));
                });
        out.println("memory    " + memory(settings, server));
        out.println("ready " + server.advertised());
        out.flush();
    }

    private static String data(ServerConfig settings, Recovery.Outcome found) {
        StringBuilder text = new StringBuilder();
        text.append(settings.data().toAbsolutePath().normalize());
        text.append(": log up to position ").append(found.end());
        text.append("; read ").append(found.records());
        text.append(" records from position ").append(found.start()).append(" on");
        if (!found.torn().isEmpty()) {
            text.append("; cut off a torn end (").append(found.torn()).append(")");
        }
        if (!found.damages().isEmpty()) {
            Recovery.Damage first = found.damages().getFirst();
            text.append("; PASSED OVER DAMAGE in ").append(found.damages().size());
            text.append(" places, the first at position ").append(first.from());
            text.append(" (").append(first.reason()).append("); see: bolide store verify");
        }
        return text.toString();
    }

    private static String listening(ServerConfig settings, Server server) {
        String addresses =
                server.listening().stream()
                        .map(HostPort::of)
                        .map(HostPort::toString)
                        .collect(Collectors.joining(" and "));
        boolean isAliasTaken = settings.wantsClassicPort() && server.listening().size() == 1;
        return addresses
                + (isAliasTaken
                        ? "; not on " + ServerConfig.CLASSIC_BROKER_PORT + ", which is in use"
                        : "")
                + (settings.insecure() ? "; open to anybody who reaches it" : "");
    }

    private static String roles(ServerConfig settings) {
        StringBuilder text = new StringBuilder();
        if (settings.roles().contains(ServerConfig.Role.NAMESERVER)) {
            text.append("name server");
        }
        if (settings.roles().contains(ServerConfig.Role.BROKER)) {
            text.append(text.isEmpty() ? "" : ", ")
                    .append("broker ")
                    .append(settings.name())
                    .append(" of cluster ")
                    .append(settings.cluster());
        }
        return text.toString();
    }

    private static String memory(ServerConfig settings, Server server) {
        String heap = "heap up to " + Runtime.getRuntime().maxMemory() / MIB + " MiB";
        return settings.roles().contains(ServerConfig.Role.BROKER)
                ? heap
                        + "; the newest "
                        + server.hotBytes() / MIB
                        + " MiB of messages count as cached by the system"
                : heap;
    }

    private static String flush(ServerConfig settings) {
        return switch (settings.flush()) {
            case SYNC -> "sync: a message is answered when it is on disk";
            case ASYNC ->
                    "async: a message is answered when it is written; a power cut may take the last"
                            + " "
                            + settings.flushIntervalMillis()
                            + " ms";
        };
    }
}
