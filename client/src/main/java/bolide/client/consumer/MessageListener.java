package bolide.client.consumer;

/** Takes a consumer's messages: those of one queue one after the other, of several in parallel. */
@FunctionalInterface
public interface MessageListener {
    /**
     * Returns when the message is dealt with. A message may come again, after a crash for example.
     *
     * @throws Exception when it is not; the same message then comes again after a pause, and none
     *     of its queue before it
     */
    void onMessage(ReceivedMessage message) throws Exception;
}
