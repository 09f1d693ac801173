package bolide.store.takeover;

import bolide.store.file.DirectoryView;
import java.util.List;
import java.util.stream.Stream;

/// What keeps a directory from being taken over, as far as its files tell.
final class ForeignParts {
    private static final String DLEDGER = "dledger-";
    private static final String BATCH_QUEUES = "batchconsumequeue";

    /// Names the set of files of a RocksDB that holds data.
    private static final String CURRENT = "CURRENT";

    // `rocksdbstore` is made by 5.4 and 5.5 whether it is used or not; its topics tell.
    private static final List<String> ROCKSDB_FOLDERS =
            List.of("consumequeue", "config/topics", "config/subscriptionGroups", "config/rdb");

    private ForeignParts() {}

    /// @throws TakeOverRefusal when the directory holds parts that Bolide does not read
    static void refuse(DirectoryView directory) {
        String where = directory.describe();
        String dledger =
                directory.list("").stream()
                        .filter(name -> name.startsWith(DLEDGER))
                        .findFirst()
                        .orElse("");
        if (!dledger.isEmpty()) {
            throw new TakeOverRefusal(
                    where
                            + " holds a DLedger log ("
                            + dledger
                            + "), which Bolide does not read; replicate it to a broker without"
                            + " DLedger and take that one's store over");
        }
        Stream.concat(
                        ROCKSDB_FOLDERS.stream(),
                        directory.list("config").stream()
                                .map(name -> "config/" + name)
                                .filter(directory::isDirectory))
                .filter(folder -> directory.isFile(folder + "/" + CURRENT))
                .findFirst()
                .ifPresent(folder -> {
                    throw new TakeOverRefusal(
                            where
                                    + " keeps "
                                    + folder
                                    + " in RocksDB, which Bolide does not read yet; export it with"
                                    + " Apache's tools to files (storeType=default, JSON"
                                    + " configuration) and try again");
                });
        if (!directory.list(BATCH_QUEUES).isEmpty()) {
            throw new TakeOverRefusal(
                    where
                            + " holds topics of queue.type BatchCQ ("
                            + directory.list(BATCH_QUEUES).getFirst()
                            + "), which Bolide does not read; delete them first, or leave the"
                            + " broker as it is");
        }
    }
}
