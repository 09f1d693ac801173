package bolide.protocol.group;

import bolide.protocol.body.JsonBody;
import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A consumer group and a topic: requests 345 (what does it want of it) and 353 (may it read it).
 *
 * @param group the consumer group
 * @param topic the topic
 */
public record GroupTopic(String group, String topic) {
    /**
     * Whether a group may read a topic: request 353.
     *
     * @param of which group and topic
     * @param readable what is to hold from now on; empty: it is only asked
     */
    public record Reading(GroupTopic of, Optional<Boolean> readable) {
        private static final String READABLE = "readable";

        /**
         * @throws bolide.protocol.frame.InvalidRequestException when group or topic are missing
         */
        public static Reading decode(Frame frame) {
            Fields fields = frame.fields();
            return new Reading(
                    GroupTopic.decode(frame),
                    fields.has(READABLE)
                            ? Optional.of(fields.truth(READABLE, true))
                            : Optional.empty());
        }
    }

    /**
     * @throws bolide.protocol.frame.InvalidRequestException when a field is missing
     */
    public static GroupTopic decode(Frame frame) {
        return new GroupTopic(frame.fields().text("group"), frame.fields().text("topic"));
    }

    /**
     * @return the answer to request 345
     */
    public ByteBuffer encodeSubscription(Optional<Subscription> subscription) {
        return JsonBody.write(json -> {
            json.beginObject().name("group").value(group);
            subscription.ifPresent(wanted -> wanted.write(json.name("subscriptionData")));
            json.name("topic").value(topic).endObject();
        });
    }

    /**
     * @return the answer to request 353
     */
    public ByteBuffer encodeReading(boolean readable) {
        return JsonBody.write(json -> {
            json.beginObject().name("group").value(group);
            json.name("readable").value(readable);
            json.name("topic").value(topic).endObject();
        });
    }
}
