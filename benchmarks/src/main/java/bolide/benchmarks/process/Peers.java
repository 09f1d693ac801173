package bolide.benchmarks.process;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Where the jars lie that measured processes run with.
public final class Peers {
    private static final Path FOLDER = Path.of(System.getProperty("bench.peers"));

    private Peers() {}

    /// @param name what the folder's name begins with; its version follows
    /// @return the folder with the jars of that peer
    public static Path folder(String name) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(FOLDER, name + "-*")) {
            folders.forEach(found::add);
        }
        if (found.size() != 1) {
            throw new IOException(
                    "there should be one " + FOLDER.resolve(name + "-VERSION") + ", not " + found);
        }
        return found.getFirst();
    }

    /// @return what follows the name
    public static String version(String name) throws IOException {
        return folder(name).getFileName().toString().substring(name.length() + 1);
    }

    /// @return the jar or folder that this class was loaded from
    public static String placeOf(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /// @return the program that runs this process
    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
