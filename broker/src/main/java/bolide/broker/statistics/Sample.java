package bolide.broker.statistics;

/// What a total came to at a time.
///
/// @param atMillis by a clock that nobody sets
/// @param messages how many messages
/// @param bytes of their records
record Sample(long atMillis, long messages, long bytes) {}
