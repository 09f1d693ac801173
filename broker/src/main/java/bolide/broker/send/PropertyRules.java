package bolide.broker.send;

import bolide.protocol.message.MessageProperties;
import bolide.protocol.message.PropertyNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which properties a producer may set, and which the broker sets itself.
final class PropertyRules {
    /// What becomes of a message's properties.
    sealed interface Ruling {
        /// @param text as they are stored, without the record checksum
        /// @param uniqueKey the message's key
        record Taken(String text, String uniqueKey) implements Ruling {}

        record Refused(String problem) implements Ruling {}
    }

    /// @param feature what a property of that name asks for; empty when it is just dropped
    private record Rule(String name, String feature) {}

    private static final char NAME_END = 1;
    private static final char VALUE_END = 2;

    /// The broker's own; a producer's value for them means nothing and is dropped.
    private static final Set<String> DROPPED =
            Set.of(
                    PropertyNames.RECORD_CRC,
                    PropertyNames.MSG_REGION,
                    PropertyNames.TRACE_ON,
                    PropertyNames.CLUSTER,
                    PropertyNames.POP_CK,
                    PropertyNames.REAL_TOPIC,
                    PropertyNames.REAL_QID,
                    PropertyNames.TIMER_OUT_MS,
                    PropertyNames.TIMER_ENQUEUE_MS,
                    PropertyNames.TIMER_DEQUEUE_MS,
                    PropertyNames.TIMER_ROLL_TIMES,
                    PropertyNames.TIMER_DELAY_LEVEL,
                    PropertyNames.TRANSACTION_CHECK_TIMES,
                    PropertyNames.TRAN_PREPARED_QUEUE_OFFSET,
                    PropertyNames.INNER_MULTI_QUEUE_OFFSET,
                    PropertyNames.INNER_NUM,
                    PropertyNames.INNER_BASE,
                    PropertyNames.DLQ_ORIGIN_TOPIC,
                    PropertyNames.DLQ_ORIGIN_MESSAGE_ID);

    /// Ask for a delivery that this version does not have; storing the message all the same would
    /// give it another meaning.
    private static final Map<String, String> REFUSED =
            Map.of(
                    PropertyNames.DELAY, "delayed messages",
                    PropertyNames.TIMER_DELAY_SEC, "timed messages",
                    PropertyNames.TIMER_DELAY_MS, "timed messages",
                    PropertyNames.TIMER_DELIVER_MS, "timed messages",
                    PropertyNames.TIMER_DEL_UNIQKEY, "the recall of timed messages",
                    PropertyNames.TRAN_MSG, "transactional messages",
                    PropertyNames.INNER_MULTI_DISPATCH, "light queues",
                    PropertyNames.LITE_TOPIC, "lite topics");

    private static final List<List<Rule>> BY_LENGTH = byLength();

    private final String added;
    private final UniqueKeys keys;

    /// @param cluster the broker's cluster, which every message is told
    /// @param keys for messages without one
    PropertyRules(String cluster, UniqueKeys keys) {
        this.added =
                one(PropertyNames.CLUSTER, cluster)
                        + one(PropertyNames.MSG_REGION, "DefaultRegion")
                        + one(PropertyNames.TRACE_ON, "true");
        this.keys = keys;
    }

    private static String one(String name, String value) {
        return MessageProperties.encode(Map.of(name, value));
    }

    /// Most messages have nothing but what they may have: then the text is taken as it is, and no
    /// property becomes an object.
    Ruling rule(String text) {
        String uniqueKey = null;
        boolean whole = true;
        int at = 0;
        while (at < text.length()) {
            int end = text.indexOf(VALUE_END, at);
            end = end < 0 ? text.length() : end;
            int nameEnd = text.indexOf(NAME_END, at, end);
            Rule rule = nameEnd < 0 ? null : ruleFor(text, at, nameEnd);
            if (rule != null && isMeant(rule, text, nameEnd + 1, end)) {
                return refused(rule);
            }
            whole &= nameEnd > at && (rule == null || !rule.feature().isEmpty());
            if (isUniqueKey(text, at, nameEnd)) {
                uniqueKey = text.substring(nameEnd + 1, end);
            }
            at = end + 1;
        }
        String kept = whole ? ended(text) : withoutDropped(text);
        if (uniqueKey == null) {
            uniqueKey = keys.next();
            kept += one(PropertyNames.UNIQ_KEY, uniqueKey);
        }
        return new Ruling.Taken(kept + added, uniqueKey);
    }

    private static Rule ruleFor(String text, int from, int to) {
        int length = to - from;
        if (length >= BY_LENGTH.size()) {
            return null;
        }
        List<Rule> rules = BY_LENGTH.get(length);
        for (int i = 0; i < rules.size(); i++) {
            if (text.startsWith(rules.get(i).name(), from)) {
                return rules.get(i);
            }
        }
        return null;
    }

    /// Clients also write down that they do not want a feature.
    private static boolean isMeant(Rule rule, String text, int from, int to) {
        if (rule.feature().isEmpty()) {
            return false;
        }
        String value = text.substring(from, to);
        return !value.isEmpty() && !value.equals("0") && !value.equalsIgnoreCase("false");
    }

    private static Ruling.Refused refused(Rule rule) {
        return new Ruling.Refused(
                "property "
                        + rule.name()
                        + " asks for "
                        + rule.feature()
                        + ", which this version of Bolide does not support yet; send without it");
    }

    private static boolean isUniqueKey(String text, int from, int to) {
        return to - from == PropertyNames.UNIQ_KEY.length()
                && text.startsWith(PropertyNames.UNIQ_KEY, from);
    }

    private static String ended(String text) {
        return text.isEmpty() || text.charAt(text.length() - 1) == VALUE_END
                ? text
                : text + VALUE_END;
    }

    private static String withoutDropped(String text) {
        Map<String, String> properties = MessageProperties.decode(text);
        properties.keySet().removeAll(DROPPED);
        return MessageProperties.encode(properties);
    }

    private static List<List<Rule>> byLength() {
        List<List<Rule>> rules = new ArrayList<>();
        DROPPED.forEach(name -> add(rules, new Rule(name, "")));
        REFUSED.forEach((name, feature) -> add(rules, new Rule(name, feature)));
        return rules;
    }

    private static void add(List<List<Rule>> rules, Rule rule) {
        while (rules.size() <= rule.name().length()) {
            rules.add(new ArrayList<>());
        }
        rules.get(rule.name().length()).add(rule);
    }
}
