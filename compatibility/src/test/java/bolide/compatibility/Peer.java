package bolide.compatibility;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A tree of Apache's jars under {@code target/peers}, which only JVMs of its own may load. */
enum Peer {
    CLIENT_4_9("client-4.9.8"),
    CLIENT_5_3("client-5.3.3"),
    CLIENT("client-5.5.0"),
    TOOLS("tools-5.5.0"),
    SERVER_4_9("server-4.9.7"),
    SERVER_5_3("server-5.3.3"),
    SERVER("server-5.5.0");

    private final String version;
    private final Path folder;

    Peer(String name) {
        this.version = name.substring(name.indexOf('-') + 1);
        this.folder = Runs.target().resolve("peers").resolve(name);
    }

    /** The client that {@code -Dcompatibility.client} names by its version. */
    static Peer client() {
        String wanted = System.getProperty("compatibility.client", CLIENT.version);
        return Stream.of(CLIENT_4_9, CLIENT_5_3, CLIENT)
                .filter(client -> client.version.equals(wanted))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException("client " + wanted));
    }

    /** What it calls itself, such as {@code V5_5_0}. */
    String versionName() {
        return "V" + version.replace('.', '_');
    }

    /** Its class path. */
    String classPath() {
        if (!Files.isDirectory(folder)) {
            throw new IllegalStateException(
                    folder
                            + " is missing; the server's tree comes with -Papache-server, those of"
                            + " all its versions with -Papache-stores, older clients with"
                            + " -Polder-clients");
        }
        return folder + "/*";
    }

    /** The start of a command line: a small JVM that takes the folder for its user's home. */
    List<String> java(Path home) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms32m",
                "-Xmx400m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "--add-opens=java.base/java.nio=ALL-UNNAMED", // 4.9 unmaps its files so
                "-Duser.home=" + home);
    }
}
