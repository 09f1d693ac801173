package bolide.store.takeover;

import bolide.protocol.json.JsonException;
import bolide.protocol.json.JsonReader;
import bolide.store.file.DirectoryView;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// One of the JSON files of Apache's broker. It keeps the version before in `.bak`; between two
/// steps of writing there is only that.
final class ConfigFile {
    private static final int DEPTH = 64;
    private static final String BACKUP = ".bak";

    private final DirectoryView directory;
    private final Consumer<String> notes;

    /// @param notes told of what was not as usual
    ConfigFile(DirectoryView directory, Consumer<String> notes) {
        this.directory = directory;
        this.notes = notes;
    }

    /// @param name the file's name in the folder of configuration
    /// @return what the reader makes of it; empty when there is neither file nor backup
    /// @throws TakeOverRefusal when what there is cannot be read
    <T> Optional<T> read(String name, Function<JsonReader, T> reader) {
        String path = ApacheFiles.CONFIG + "/" + name;
        String backup = path + BACKUP;
        if (isWritten(path)) {
            try {
                return Optional.of(parse(path, reader));
            } catch (JsonException damaged) {
                if (!isWritten(backup)) {
                    throw unreadable(path, damaged);
                }
                notes.accept(
                        path + " cannot be read (" + damaged.getMessage() + "); used " + backup);
            }
        } else if (isWritten(backup)) {
            notes.accept(path + " is missing or empty; used " + backup);
        }
        if (!isWritten(backup)) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse(backup, reader));
        } catch (JsonException damaged) {
            throw unreadable(backup, damaged);
        }
    }

    private boolean isWritten(String path) {
        return directory.isFile(path) && directory.length(path) > 0;
    }

    private <T> T parse(String path, Function<JsonReader, T> reader) {
        JsonReader json = new JsonReader(ByteBuffer.wrap(directory.read(path)), DEPTH);
        T value = reader.apply(json);
        json.end();
        return value;
    }

    private TakeOverRefusal unreadable(String path, JsonException damaged) {
        return new TakeOverRefusal(
                path
                        + " of "
                        + directory.describe()
                        + " cannot be read: "
                        + damaged.getMessage()
                        + "; mend it, or put a backup in its place");
    }
}
