package bolide.compatibility;

/** When the server answers a producer: once the message is on disk, or before. */
enum Flush {
    SYNC,
    ASYNC
}
