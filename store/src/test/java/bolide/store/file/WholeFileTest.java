package bolide.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
    @TempDir private Path parent;
    private Path directory;

    @BeforeEach
    void nameADirectory() {
        directory = parent.resolve("nameserver");
    }

    @Test
    void shouldLeaveNothingBehindUnlessSomethingIsWritten() {
        // when
        try (WholeFile file = new WholeFile(directory, "f.json")) {
            // then
            assertThat(file.read()).isEmpty();
        }
        assertThat(directory).doesNotExist();
    }

    @Test
    void shouldReadWhatWasWrittenLast() {
        // given
        try (WholeFile file = new WholeFile(directory, "f.json")) {
            file.replace(bytes("first, and longer"));
            file.replace(bytes("second"));
        }

        // when
        try (WholeFile again = new WholeFile(directory, "f.json")) {
            // then
            assertThat(again.read()).contains(bytes("second"));
            assertThat(directory.resolve("f.json")).hasContent("second");
        }
    }

    @Test
    void shouldHaveOneOwner() {
        // given
        try (WholeFile first = new WholeFile(directory, "f.json")) {
            first.replace(bytes("first"));

            // when / then
            assertThatThrownBy(() -> new WholeFile(directory, "f.json"))
                    .isInstanceOf(StoreInUseException.class)
                    .hasMessageContaining("is in use by process");
        }
        new WholeFile(directory, "f.json").close();
    }

    @Test
    void shouldNotReplaceWhatItHasNeverSeen() {
        // given: both began when there was nothing
        WholeFile late = new WholeFile(directory, "f.json");
        try (WholeFile first = new WholeFile(directory, "f.json")) {
            first.replace(bytes("first"));
            assertThatThrownBy(() -> late.replace(bytes("late")))
                    .isInstanceOf(StoreInUseException.class);
        }

        // when / then
        assertThatThrownBy(() -> late.replace(bytes("late")))
                .isInstanceOf(StorageException.class)
                .hasMessageEndingWith(
                        "f.json was written by another process meanwhile; start again to take up"
                                + " what it says");
        assertThat(directory.resolve("f.json")).hasContent("first");
        new WholeFile(directory, "f.json").close();
    }

    @Test
    void shouldKeepWhatWasThereWhenItCannotWrite() throws IOException {
        // given
        try (WholeFile file = new WholeFile(directory, "f.json")) {
            file.replace(bytes("first"));
            Files.createDirectory(directory.resolve("f.json.new"));

            // when / then
            assertThatThrownBy(() -> file.replace(bytes("second")))
                    .isInstanceOf(StorageException.class)
                    .hasMessageStartingWith("cannot write " + directory.toRealPath());
            assertThat(file.read()).contains(bytes("first"));

            // when
            Files.delete(directory.resolve("f.json.new"));
            file.replace(bytes("second"));

            // then
            assertThat(file.read()).contains(bytes("second"));
        }
    }

    @Test
    void shouldTakeOverWhatAnUnfinishedWriteLeft() throws IOException {
        // given
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("f.json"), "whole");
        Files.writeString(directory.resolve("f.json.new"), "a longer text that was cut in its mid");

        // when
        try (WholeFile file = new WholeFile(directory, "f.json")) {
            assertThat(file.read()).contains(bytes("whole"));
            file.replace(bytes("new"));

            // then
            assertThat(file.read()).contains(bytes("new"));
            assertThat(directory.resolve("f.json.new")).doesNotExist();
        }
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
