package bolide.broker.group;

import bolide.protocol.group.ConsumerData;
import bolide.protocol.group.Subscription;
import bolide.protocol.topic.Names;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// What a client says of a group, as far as all its members should say the same: equal statements
/// mean equal wishes, however they are worded.
///
/// @param wishes by what they are about
record Statement(SortedMap<String, String> wishes) {
    static Statement of(ConsumerData data) {
        SortedMap<String, String> wishes = new TreeMap<>();
        wishes.put("consumption", data.consumeType());
        wishes.put("message model", data.messageModel());
        wishes.put("beginning", data.consumeFromWhere());
        for (Subscription subscription : data.subscriptions()) {
            if (!Names.isRetry(subscription.topic())) { // which not every client subscribes to
                wishes.put("topic " + subscription.topic(), wish(subscription));
            }
        }
        return new Statement(wishes);
    }

    private static String wish(Subscription subscription) {
        if (!subscription.isByTag()) {
            return subscription.expressionType() + " " + subscription.expression();
        }
        return subscription.tags().isEmpty()
                ? Subscription.ALL
                : String.join(" || ", new TreeSet<>(subscription.tags()));
    }
}
