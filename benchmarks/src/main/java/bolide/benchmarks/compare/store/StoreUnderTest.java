package bolide.benchmarks.compare.store;

/// What the workloads need of a store.
interface StoreUnderTest extends AutoCloseable {
    /// Hands messages to the store. One thread uses it.
    interface Sender {
        /// Begins to append a message.
        void send(String topic, int queueId, byte[] body, String properties);

        /// Says that nothing more follows for now.
        void publish();

        /// Waits until so many of all messages sent here are acknowledged.
        void await(long acknowledged);
    }

    /// Reads one queue. One thread uses it.
    interface Reader {
        /// Finds messages as a pull does, up to their bytes, and lets go of them.
        ///
        /// @return how many
        int read(long offset, int most);

        /// @return bytes of all messages found
        long bytes();
    }

    Sender sender();

    Reader reader(String topic, int queueId);

    /// @return one past the last offset that can be read
    long end(String topic, int queueId);

    @Override
    void close();
}
