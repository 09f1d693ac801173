package bolide.broker.topic;

import bolide.protocol.text.Excerpt;
import bolide.protocol.topic.CreateTopic;
import bolide.protocol.topic.Names;
import bolide.protocol.topic.Permission;
import bolide.protocol.topic.TopicConfig;
import java.util.Map;
import java.util.Set;

/// Which layouts a topic may be given.
final class TopicRules {
    private static final int MOST_QUEUES = 65_536;
    private static final String QUEUE_TYPE = "queue.type";
    private static final String CLEANUP = "cleanup.policy";
    private static final String EXPIRATION = "lite.topic.expiration";
    private static final String NO_RETENTION = "-1";
    private static final Set<String> FILTER_TYPES = Set.of(TopicConfig.SINGLE_TAG, "MULTI_TAG");

    /// What attributes may be that are words.
    private static final Map<String, Set<String>> WORDS =
            Map.of(
                    "message.type",
                    Set.of(
                            "UNSPECIFIED",
                            "NORMAL",
                            "FIFO",
                            "DELAY",
                            "TRANSACTION",
                            "MIXED",
                            "PRIORITY",
                            "LITE"),
                    QUEUE_TYPE,
                    Set.of("SimpleCQ"),
                    CLEANUP,
                    Set.of("DELETE"));

    private TopicRules() {}

    /// @return why the topic cannot be so; empty when it can
    static String problem(CreateTopic request) {
        String problem = problem(request.config());
        if (!problem.isEmpty()) {
            return problem;
        }
        for (Map.Entry<String, String> attribute : request.attributes().put().entrySet()) {
            problem = attributeProblem(attribute.getKey(), attribute.getValue());
            if (!problem.isEmpty()) {
                return problem;
            }
        }
        return "";
    }

    private static String problem(TopicConfig topic) {
        String nameProblem = Names.topicProblem(topic.name());
        if (!nameProblem.isEmpty()) {
            return nameProblem;
        }
        if (Names.isSystem(topic.name())) {
            return "topic " + topic.name() + " belongs to the system and cannot be changed";
        }
        if (!Permission.isValid(topic.perm())) {
            return "permission "
                    + topic.perm()
                    + " is not within 0 to 7 (1 inherit, 2 write, 4 read)";
        }
        if (topic.readQueues() < 1 || topic.writeQueues() < 1 || topic.queues() > MOST_QUEUES) {
            return "a topic has 1 to "
                    + MOST_QUEUES
                    + " queues; asked were "
                    + topic.readQueues()
                    + " to read and "
                    + topic.writeQueues()
                    + " to write";
        }
        if (!FILTER_TYPES.contains(topic.filterType())) {
            return "filter type "
                    + Excerpt.of(topic.filterType())
                    + " is neither SINGLE_TAG nor MULTI_TAG";
        }
        return "";
    }

    private static String attributeProblem(String name, String value) {
        if (name.equals(Topics.RETENTION_HOURS)) {
            return value.equals(NO_RETENTION) || isRetention(value)
                    ? ""
                    : wrong(name, value, "hours, 1 to 99999, or -1 for those of the broker");
        }
        if (name.equals(EXPIRATION)) {
            return value.matches("-1|[0-9]{1,9}") ? "" : wrong(name, value, "minutes, or -1");
        }
        Set<String> words = WORDS.get(name);
        if (words == null) {
            return "a topic has no attribute " + Excerpt.of(name);
        }
        if (words.contains(value)) {
            return "";
        }
        String limit = name.equals(QUEUE_TYPE) || name.equals(CLEANUP) ? " in this version" : "";
        return wrong(name, value, String.join(" or ", words.stream().sorted().toList()) + limit);
    }

    private static String wrong(String name, String value, String rule) {
        return "attribute " + name + " is " + Excerpt.of(value) + "; it has to be " + rule;
    }

    static boolean isRetention(String hours) {
        return hours.matches("[1-9][0-9]{0,4}");
    }
}
