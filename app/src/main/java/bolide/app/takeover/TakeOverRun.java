package bolide.app.takeover;

import bolide.app.server.Seams;
import bolide.store.Store;
import bolide.store.StoreConfig;
import bolide.store.commitlog.FlushPolicy;
import bolide.store.file.DirectoryView;
import bolide.store.file.DirectoryVolume;
import bolide.store.file.StorageException;
import bolide.store.file.Volume;
import bolide.store.state.StateChange;
import bolide.store.takeover.ApacheFiles;
import bolide.store.takeover.ApacheStore;
import bolide.store.takeover.TakeOver;
import bolide.store.takeover.TakeOverRefusal;
import bolide.store.verify.LogReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongConsumer;
import java.util.function.Predicate;

/// Turns the directory of a stopped Apache broker into one of Bolide's: looks through all of it,
/// writes to its log what that broker kept beside the log, then moves the rest out of the way. The
/// log stays where it is, and no message is copied. May be stopped anywhere and run again.
public final class TakeOverRun {
    private static final int RECORD_BYTES = 16 * 1024; // small segments have to hold them, too

    private final Path path;
    private final DirectoryView directory;

    /// @throws StorageException when there is no such directory
    public TakeOverRun(Path path) {
        this.path = path;
        this.directory = new DirectoryView(path);
    }

    public ApacheFiles.Stage stage() {
        return ApacheFiles.stage(directory);
    }

    public String directory() {
        return directory.describe();
    }

    public long logBytes() {
        return new LogReader(directory).bytes();
    }

    /// @param progress told now and then how many bytes of the log have been read
    /// @param wanted asked with what was found; nothing is changed unless it agrees
    /// @return what was found
    /// @throws TakeOverRefusal when the directory cannot be taken over; nothing has been changed
    /// @throws bolide.store.file.StoreInUseException when a broker works on it
    /// @throws StorageException when the disk fails
    public ApacheStore run(LongConsumer progress, Predicate<ApacheStore> wanted) {
        DirectoryVolume volume = new DirectoryVolume(path);
        try (Volume.Claim claim = volume.claim()) {
            assert claim != null;
            ApacheStore found = ApacheStore.read(directory, progress);
            if (wanted.test(found)) {
                TakeOver takeOver = new TakeOver(directory, volume);
                takeOver.clear(found);
                write(new HeldVolume(volume), found);
                takeOver.moveOut();
            }
            return found;
        }
    }

    /// Moves what an earlier run, which was stopped after the log knew everything, did not come to.
    public void finish() {
        DirectoryVolume volume = new DirectoryVolume(path);
        try (Volume.Claim claim = volume.claim()) {
            assert claim != null;
            new TakeOver(directory, volume).moveOut();
        }
    }

    private static void write(Volume volume, ApacheStore found) {
        StoreConfig settings =
                new StoreConfig(
                        FlushPolicy.SYNC,
                        StoreConfig.DEFAULT.flushInterval(),
                        found.segmentBytes());
        try (Store store = new Store(volume, settings)) {
            CompletableFuture<Void> broken = new CompletableFuture<>();
            store.start(
                    Seams.clock(),
                    Seams.nanoClock(),
                    Seams.threads(),
                    queue -> {},
                    broken::completeExceptionally);
            for (List<StateChange> changes : portions(TakenState.of(found))) {
                await(store.stateLog().write(changes), broken);
            }
        }
    }

    private static void await(CompletableFuture<Void> safe, CompletableFuture<Void> broken) {
        try {
            CompletableFuture.anyOf(safe, broken).join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof StorageException fault) {
                throw fault;
            }
            throw failed;
        }
    }

    private static List<List<StateChange>> portions(List<StateChange> changes) {
        List<List<StateChange>> portions = new ArrayList<>();
        List<StateChange> portion = new ArrayList<>();
        int bytes = 0;
        for (StateChange change : changes) {
            portion.add(change);
            bytes += change.key().length() + change.value().length;
            if (bytes >= RECORD_BYTES) {
                portions.add(portion);
                portion = new ArrayList<>();
                bytes = 0;
            }
        }
        if (!portion.isEmpty()) {
            portions.add(portion);
        }
        return portions;
    }
}
