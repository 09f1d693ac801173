package bolide.compatibility;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A tree of Apache's jars under {@code target/peers}, which only JVMs of its own may load. */
enum Peer {
    CLIENT("client-5.5.0"),
    TOOLS("tools-5.5.0"),
    SERVER_4_9("server-4.9.7"),
    SERVER_5_3("server-5.3.3"),
    SERVER("server-5.5.0");

    private final Path folder;

    Peer(String name) {
        this.folder = Runs.target().resolve("peers").resolve(name);
    }

    /** Its class path. */
    String classPath() {
        if (!Files.isDirectory(folder)) {
            throw new IllegalStateException(
                    folder
                            + " is missing; the server's tree comes with -Papache-server, those of"
                            + " all versions with -Papache-stores");
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
