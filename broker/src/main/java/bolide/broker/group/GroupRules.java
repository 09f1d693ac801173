package bolide.broker.group;

import bolide.protocol.group.GroupConfig;
import bolide.protocol.group.RetryPolicy;
import bolide.protocol.text.Excerpt;
import bolide.protocol.topic.AttributeChanges;
import bolide.protocol.topic.Names;
import java.util.Map;
import java.util.Set;

/// Which settings a consumer group may be given.
final class GroupRules {
    private static final int MOST_RETRY_QUEUES = 65_536;
    private static final int MOST_BYTES = 16 * 1024; // of all its settings, as a state record
    private static final int LONGEST_VALUE = 255;
    private static final Set<String> ATTRIBUTES =
            Set.of(
                    "priority.factor",
                    "lite.bind.topic",
                    "lite.sub.model",
                    "lite.sub.client.quota",
                    "lite.sub.client.max.event.cnt",
                    "lite.sub.reset.offset.exclusive",
                    "lite.sub.reset.offset.unsubscribe",
                    "lite.sub.wildcard");

    private GroupRules() {}

    /// @param group its attributes are changes of those it has
    /// @return why the group cannot be so; empty when it can
    static String problem(GroupConfig group) {
        String nameProblem = Names.groupProblem(group.name());
        if (!nameProblem.isEmpty()) {
            return nameProblem;
        }
        if (group.retryQueues() < 0 || group.retryQueues() > MOST_RETRY_QUEUES) {
            return "retryQueueNums is "
                    + group.retryQueues()
                    + "; it has to be 0 (nothing is delivered again) to "
                    + MOST_RETRY_QUEUES;
        }
        if (group.retryMaxTimes() < -1) {
            return "retryMaxTimes is "
                    + group.retryMaxTimes()
                    + "; it has to be -1 (as the client likes) or more";
        }
        String type = group.retryPolicy().type();
        if (!type.equals(RetryPolicy.CUSTOMIZED) && !type.equals(RetryPolicy.EXPONENTIAL)) {
            return "groupRetryPolicy is of type "
                    + Excerpt.of(type)
                    + "; it has to be CUSTOMIZED or EXPONENTIAL";
        }
        String attributeProblem = attributeProblem(group.attributes());
        if (!attributeProblem.isEmpty()) {
            return attributeProblem;
        }
        int bytes = group.encode().remaining();
        return bytes > MOST_BYTES
                ? "the group's settings take " + bytes + " bytes; at most " + MOST_BYTES + " do"
                : "";
    }

    private static String attributeProblem(Map<String, String> attributes) {
        for (var put : AttributeChanges.ofSigned(attributes).put().entrySet()) {
            if (!ATTRIBUTES.contains(put.getKey())) {
                return "a consumer group has no attribute " + Excerpt.of(put.getKey());
            }
            if (put.getValue().length() > LONGEST_VALUE) {
                return "attribute "
                        + put.getKey()
                        + " has "
                        + put.getValue().length()
                        + " characters; at most "
                        + LONGEST_VALUE
                        + " do";
            }
        }
        return "";
    }
}
