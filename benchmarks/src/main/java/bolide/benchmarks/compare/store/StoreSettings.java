package bolide.benchmarks.compare.store;

import java.nio.file.Path;

/// How a store is opened.
///
/// @param sync whether a message is acknowledged when it is on stable storage
/// @param segmentBytes length of a file of the commit log
record StoreSettings(Path directory, boolean sync, long segmentBytes, Topics topics) {}
