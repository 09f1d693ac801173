package bolide.compatibility;

/** A server of RocketMQ's protocol that the tests start, crash and start again, on 127.0.0.1. */
interface ServerUnderTest extends AutoCloseable {
    /** The server that {@code -Dcompatibility.server} names, started on an empty folder. */
    static ServerUnderTest start(Flush flush) {
        ServerUnderTest server =
                switch (System.getProperty("compatibility.server", "bolide")) {
                    case "bolide" -> new BolideServer(flush);
                    case "apache" -> new ApacheServer(flush);
                    case String other -> throw new IllegalArgumentException("server " + other);
                };
        server.start();
        return server;
    }

    /** Where its name server listens, {@code host:port}; the same after each start. */
    String nameserver();

    /** Starts it on what it has stored so far and waits until it serves. */
    void start();

    /** Stops it the proper way, SIGTERM. */
    void stop();

    /** Ends it in the middle of whatever it does, SIGKILL. */
    void kill();

    /** Ends it and deletes what it has stored. */
    @Override
    void close();
}
