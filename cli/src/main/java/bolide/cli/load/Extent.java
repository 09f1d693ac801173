package bolide.cli.load;

/// How much load there is to be: it ends with what comes first.
///
/// @param messages how many at most
/// @param nanos for how long at most
record Extent(long messages, long nanos) {}
