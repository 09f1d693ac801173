package bolide.app;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/// A source checkout right after its build: the script, nothing newer than `bolide.jar`, and beside
/// that jar what it runs with.
final class Checkout {
    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));

    private final Path root;

    private Checkout(Path root) {
        this.root = root;
    }

    static Checkout in(Path root) throws IOException {
        Path libraries = Files.createDirectories(root.resolve("app/target/lib"));
        Files.createDirectories(root.resolve("app/src/main"));
        Files.createFile(root.resolve("pom.xml"));
        Files.createFile(root.resolve("app/pom.xml"));
        Files.copy(Path.of("../bolide"), root.resolve("bolide"));
        List<String> names = new ArrayList<>();
        for (String element : System.getProperty("java.class.path").split(":")) {
            Path path = Path.of(element);
            if (Files.isRegularFile(path) || path.endsWith("target/classes")) {
                String name = names.size() + ".jar";
                putInto(libraries.resolve(name), path);
                names.add("lib/" + name);
            }
        }
        writeJar(root.resolve("app/target/bolide.jar"), String.join(" ", names));
        for (String source : List.of("pom.xml", "app/pom.xml", "app/src/main")) {
            Files.setLastModifiedTime(root.resolve(source), LONG_AGO);
        }
        return new Checkout(root);
    }

    private static void putInto(Path jar, Path path) throws IOException {
        if (Files.isRegularFile(path)) {
            Files.copy(path, jar);
            return;
        }
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(path)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new ZipEntry(path.relativize(file).toString()));
                Files.copy(file, out);
            }
        }
    }

    private static void writeJar(Path jar, String classPath) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, "bolide.app.Main");
        attributes.put(Attributes.Name.CLASS_PATH, classPath);
        attributes.putValue("Enable-Native-Access", "ALL-UNNAMED");
        try (OutputStream out = Files.newOutputStream(jar)) {
            new JarOutputStream(out, manifest).close();
        }
    }

    Path script() {
        return root.resolve("bolide");
    }

    Path target() {
        return root.resolve("app/target");
    }

    /// @return what a JVM has loaded and linked once, for the next to begin with
    List<Path> prepared() throws IOException {
        try (Stream<Path> files = Files.list(target())) {
            return files.filter(file -> file.toString().endsWith(".aot")).toList();
        }
    }
}
