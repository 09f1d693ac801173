package bolide.benchmarks.load;

/// Somebody's official client library, with one producer. Bodies are not changed while they are
/// under way.
interface Client extends AutoCloseable {
    /// Is told of the end of a send.
    interface Answer {
        void acknowledged();

        void failed(Throwable failure);
    }

    /// Is told of each message received, by several threads at once.
    interface Arrival {
        void arrived(byte[] body);
    }

    /// Makes the topic and waits until it can be sent to. Fails when the server does not answer
    /// yet.
    void createTopic(String topic, int queues) throws Exception;

    /// Sends one message and waits for its answer.
    void send(String topic, String tag, byte[] body) throws Exception;

    /// Sends one message without waiting.
    void send(String topic, String tag, byte[] body, Answer answer) throws Exception;

    /// Sends so many messages together and waits for the answer.
    void sendBatch(String topic, String[] tags, byte[] body) throws Exception;

    /// Begins to receive, from a topic's first message on.
    ///
    /// @param tag the only one that is wanted, or `*`
    /// @param ordered whether each queue's messages are received one after the other
    /// @return what ends it
    AutoCloseable consume(String topic, String group, String tag, boolean ordered, Arrival arrival)
            throws Exception;

    @Override
    void close();
}
