package bolide.store.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// What tests borrow from the machine: tools, rights, file systems of their own. Where one is
/// missing they are passed over with a word, or fail when `-Dbolide.faults=required`.
final class Machine {
    private static final boolean REQUIRED = "required".equals(System.getProperty("bolide.faults"));

    private Machine() {}

    /// Ends the test unless this process is root's and the tools are there.
    static void needs(String... tools) throws Exception {
        List<String> missing = new ArrayList<>();
        if (!"root".equals(System.getProperty("user.name"))) {
            missing.add("being root");
        }
        for (String tool : tools) {
            Process search = new ProcessBuilder("sh", "-c", "command -v " + tool).start();
            if (search.waitFor() != 0) {
                missing.add(tool);
            }
        }
        if (!missing.isEmpty()) {
            passOver("needs " + String.join(", ", missing));
        }
    }

    private static void passOver(String why) {
        if (REQUIRED) {
            fail("%s; bolide.faults=required", why);
        }
        System.out.println("PASSED OVER, a fault is not tested: " + why);
        Assumptions.abort(why);
    }

    static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s: %s", String.join(" ", command), said).isZero();
    }

    /// A file system that this test has mounted.
    static final class Mount implements AutoCloseable {
        final Path directory;
        private final List<String> command;
        private boolean mounted;

        private Mount(Path directory, List<String> command) {
            this.directory = directory;
            this.command = command;
        }

        /// Makes an ext4 file system in a file and mounts it.
        static Mount ext4(Path below, int megabytes) throws Exception {
            Path image = below.resolve("disk");
            run("truncate", "-s", megabytes + "M", image.toString());
            run("mkfs.ext4", "-q", "-F", image.toString());
            return mounted(below, List.of("-o", "loop", image.toString()));
        }

        /// Mounts a file system in memory.
        static Mount tmpfs(Path below, int kilobytes) throws Exception {
            return mounted(
                    below, List.of("-t", "tmpfs", "-o", "size=" + kilobytes + "k", "bolide"));
        }

        private static Mount mounted(Path below, List<String> what) throws Exception {
            Path directory = Files.createDirectory(below.resolve("mounted"));
            List<String> command = new ArrayList<>(List.of("mount"));
            command.addAll(what);
            command.add(directory.toString());
            Mount mount = new Mount(directory, command);
            try {
                mount.mount();
            } catch (AssertionError refused) {
                passOver("needs the right to mount: " + refused.getMessage());
            }
            return mount;
        }

        private void mount() throws Exception {
            run(command.toArray(String[]::new));
            mounted = true;
        }

        void resize(int kilobytes) throws Exception {
            run("mount", "-o", "remount,size=" + kilobytes + "k", directory.toString());
        }

        /// What is not on the device is gone from now on, and every operation fails.
        void cutPower() throws Exception {
            run("xfs_io", "-x", "-c", "shutdown", directory.toString());
        }

        /// The power is back.
        void remount() throws Exception {
            unmount();
            mount();
        }

        private void unmount() throws IOException, InterruptedException {
            run("umount", directory.toString());
            mounted = false;
        }

        void empty() throws Exception {
            try (Stream<Path> all = Files.walk(directory)) {
                for (Path path : all.sorted((a, b) -> b.compareTo(a)).toList()) {
                    if (!path.equals(directory) && !path.endsWith("lost+found")) {
                        Files.delete(path);
                    }
                }
            }
        }

        @Override
        public void close() throws IOException {
            try {
                if (mounted) {
                    unmount();
                }
            } catch (InterruptedException early) {
                throw new IOException("left mounted: " + directory, early);
            }
        }
    }
}
