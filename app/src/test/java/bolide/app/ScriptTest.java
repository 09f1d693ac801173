package bolide.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The script where it is interrupted, or its surroundings lack something.
@EnabledOnOs(OS.LINUX)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class ScriptTest {
    private static final int INTERRUPTED = 128 + 2; // what a shell says after Ctrl-C
    private static final long PATIENCE_SECONDS = 60;

    @TempDir private Path directory;

    @Test
    void shouldStartNothingWhenInterruptedWhilePreparing() throws Exception {
        // given
        Checkout checkout = Checkout.in(Files.createDirectory(directory.resolve("checkout")));
        Path temporary = Files.createDirectory(directory.resolve("temporary"));
        Process script;
        try (WatchService watch = temporary.getFileSystem().newWatchService()) {
            temporary.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            // a group of its own, as a terminal makes one; it may have been ignored where we began
            ProcessBuilder builder =
                    script(checkout.script(), "setsid", "env", "--default-signal=INT");
            builder.command().addAll(List.of("serve", "--port", "0"));
            builder.command().addAll(List.of("--data", directory.resolve("data").toString()));
            builder.environment().put("JDK_JAVA_OPTIONS", "-Djava.io.tmpdir=" + temporary);
            script = builder.start();
            assertThat(watch.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isNotNull();
        }

        // when
        String group = "-" + script.pid();
        assertThat(new ProcessBuilder("kill", "-INT", "--", group).start().waitFor()).isZero();

        // then
        assertThat(endOf(script)).isEqualTo(INTERRUPTED);
        assertThat(directory.resolve("data")).doesNotExist();
        assertThat(namesIn(checkout.target())).noneMatch(name -> name.contains(".aot"));
        assertThat(namesIn(temporary)).isEmpty();
    }

    @Test
    void shouldRunWithoutAHome() throws Exception {
        // given
        Checkout checkout = Checkout.in(Files.createDirectory(directory.resolve("checkout")));
        ProcessBuilder builder = script(checkout.script());
        builder.command().add("version");
        builder.environment().remove("HOME");

        // when
        Process script = builder.start();

        // then
        assertThat(endOf(script)).isZero();
        assertThat(errors()).isEmpty();
    }

    @Test
    void shouldSayThatItCannotBuildWhereItMayNotWrite() throws Exception {
        // given
        Path root = Files.createDirectories(directory.resolve("checkout/app")).getParent();
        Path target = Files.createFile(root.resolve("app/target"));
        Path copy = Files.copy(Path.of("../bolide"), root.resolve("bolide"));
        ProcessBuilder builder = script(copy);
        builder.command().add("version");

        // when
        Process script = builder.start();

        // then
        assertThat(endOf(script)).isOne();
        assertThat(errors())
                .isEqualTo(
                        "bolide: the build is missing or older than its sources, and %s cannot be"
                                + " written to; build as its owner, or in a copy of your own\n",
                        target);
    }

    @Test
    void shouldShowWhatABuildSaysWithoutCodesForTerminals() throws Exception {
        // given: a build that has something to say
        Path root = Files.createDirectories(directory.resolve("checkout/app")).getParent();
        Files.writeString(root.resolve("pom.xml"), "nonsense");
        ProcessBuilder builder = script(Files.copy(Path.of("../bolide"), root.resolve("bolide")));
        builder.command().add("version");

        // when
        Process script = builder.start();

        // then
        assertThat(endOf(script)).isOne();
        assertThat(errors())
                .contains("[FATAL] Non-parseable POM")
                .endsWith("bolide: the build failed; see above\n")
                .doesNotContain("\u001b");
    }

    private ProcessBuilder script(Path script, String... before) {
        ProcessBuilder builder =
                new ProcessBuilder(new ArrayList<>(List.of(before)))
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(directory.resolve("errors.txt").toFile());
        builder.command().addAll(List.of("bash", script.toString()));
        builder.environment().put("BOLIDE_JAVA_HOME", System.getProperty("java.home"));
        return builder;
    }

    private static int endOf(Process script) throws InterruptedException {
        try {
            assertThat(script.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            return script.exitValue();
        } finally {
            script.descendants().forEach(ProcessHandle::destroyForcibly);
            script.destroyForcibly();
        }
    }

    private String errors() throws IOException {
        return Files.readString(directory.resolve("errors.txt"));
    }

    private static List<String> namesIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
