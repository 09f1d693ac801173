package bolide.client.consumer;

import bolide.protocol.route.MessageQueue;
import java.util.List;
import java.util.Map;

/**
 * A message as a consumer gets it.
 *
 * @param queue the queue it came from
 * @param queueOffset its number in the queue
 * @param messageId the unique id that its producer gave it; without one, the offset message id
 * @param offsetMessageId the id by which the broker finds it
 * @param body the content
 * @param tag by which consumers choose; empty: none
 * @param keys by which the message can be found again
 * @param properties all its properties, the system's included
 * @param bornTimestamp the producer's clock, milliseconds
 * @param storeTimestamp the broker's clock, milliseconds
 * @param reconsumeTimes how often brokers have counted it as delivered in vain
 * @param attempt how often this consumer has handed it to its listener, this time included
 */
public record ReceivedMessage(
        MessageQueue queue,
        long queueOffset,
        String messageId,
        String offsetMessageId,
        byte[] body,
        String tag,
        List<String> keys,
        Map<String, String> properties,
        long bornTimestamp,
        long storeTimestamp,
        int reconsumeTimes,
        int attempt) {

    public String topic() {
        return queue.topic();
    }

    ReceivedMessage onAttempt(int number) {
        return number == attempt
                ? this
                : new ReceivedMessage(
                        queue,
                        queueOffset,
                        messageId,
                        offsetMessageId,
                        body,
                        tag,
                        keys,
                        properties,
                        bornTimestamp,
                        storeTimestamp,
                        reconsumeTimes,
                        number);
    }
}
