package bolide.app.command;

import bolide.app.config.ConfigException;
import bolide.cli.CommandFailure;
import bolide.cli.ExitCode;
import bolide.cli.ProgressBar;
import bolide.store.commitlog.Segments;
import bolide.store.commitlog.StoreRefusal;
import bolide.store.file.DirectoryView;
import bolide.store.file.StorageException;
import bolide.store.file.StoreInUseException;
import bolide.store.takeover.TakeOverRefusal;
import java.io.Console;
import java.nio.file.Path;
import java.util.function.Supplier;

/// What the commands on a data directory have in common: their exit codes and their progress bar.
final class StoreFaults {
    private StoreFaults() {}

    /// @return what the work returns
    /// @throws CommandFailure when it fails for a reason that lies in the directory or the disk
    static <T> T reported(Supplier<T> work) {
        try {
            return work.get();
        } catch (StoreInUseException | TakeOverRefusal | StoreRefusal refused) {
            throw new CommandFailure(ExitCode.FAILED, refused.getMessage());
        } catch (ConfigException unusable) {
            throw new CommandFailure(ExitCode.WRONG_USAGE, unusable.getMessage());
        } catch (StorageException fault) {
            throw new CommandFailure(
                    fault.getCause() == null ? ExitCode.FAILED : ExitCode.STORAGE_FAULT,
                    fault.getMessage());
        }
    }

    /// @return the data directory, looked at
    /// @throws CommandFailure when there is no log in it
    static DirectoryView store(Path directory) {
        DirectoryView view = new DirectoryView(directory);
        if (!view.isDirectory(Segments.DIRECTORY)) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    view.describe()
                            + " is no data directory: there is no "
                            + Segments.DIRECTORY
                            + " in it; name the one that a server was given with --data, or an"
                            + " Apache broker's store");
        }
        return view;
    }

    /// @param bytes how much there is to do
    static ProgressBar progress(String label, long bytes) {
        Console console = System.console();
        return new ProgressBar(
                System.err,
                console != null && console.isTerminal(),
                label,
                Math.max(1, bytes),
                System::nanoTime);
    }
}
