package bolide.benchmarks.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/// Brings the machine's memory into use, as it is on every machine that has run for a while: the
/// kernel keeps what was read in all memory that nobody else wants. A host takes the free memory of
/// its virtual machines, and each page costs a fault of the host when it is touched again: then
/// what a server writes to files costs several times what it costs with memory in use.
///
/// Linux only; elsewhere nothing is done.
final class UsedMemory {
    private static final Path MEMORY = Path.of("/proc/meminfo");
    private static final long LEFT_BYTES = 1L << 30; // the kernel keeps some of it free anyway
    private static final int PIECE_BYTES = 1 << 20;
    private static final int KIB = 1024;

    private final Path file;
    private final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_BYTES);
    private long position; // what lies before has been read

    /// @param file a file of its own, which takes no room on the disk
    UsedMemory(Path file) {
        this.file = file;
    }

    /// Reads a hole of the file, farther on each time, until little memory is free.
    void fill() throws IOException {
        if (!Files.isReadable(MEMORY)) {
            return;
        }
        long end = position + bytesOf("MemTotal:"); // should free memory not become less
        try (FileChannel hole =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.SPARSE)) {
            while (position < end && bytesOf("MemFree:") > LEFT_BYTES) {
                read(hole, LEFT_BYTES / 16);
            }
        }
    }

    private void read(FileChannel hole, long bytes) throws IOException {
        long to = position + bytes;
        hole.write(ByteBuffer.allocate(1), to); // makes the file as long as that
        while (position < to) {
            piece.clear();
            int count = hole.read(piece, position);
            if (count <= 0) {
                throw new IOException(file + " ends before " + to);
            }
            position += count;
        }
    }

    private static long bytesOf(String name) throws IOException {
        try (Stream<String> lines = Files.lines(MEMORY)) {
            return lines.filter(line -> line.startsWith(name))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIB)
                    .findFirst()
                    .orElseThrow(() -> new IOException(MEMORY + " does not tell " + name));
        }
    }
}
