package bolide.broker.send;

import static java.nio.charset.StandardCharsets.UTF_8;

import bolide.protocol.message.MessageProperties;
import bolide.protocol.message.PropertyNames;
import bolide.protocol.text.AsciiText;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which properties a producer may set, and which the broker sets itself.
final class PropertyRules {
    /// What becomes of a message's properties.
    sealed interface Ruling {
        /// @param stored in UTF-8 as they are stored, without the record checksum
        /// @param text holds the message's unique key in UTF-8; who sends a batch is not told it
        /// @param keyAt where the key begins in that text
        /// @param keyLength bytes of the key
        record Taken(byte[] stored, byte[] text, int keyAt, int keyLength) implements Ruling {
            String uniqueKey() {
                return new String(text, keyAt, keyLength, UTF_8);
            }
        }

        record Refused(String problem) implements Ruling {}
    }

    /// @param feature what a property of that name asks for; empty when it is just dropped
    private record Rule(byte[] name, String feature) {}

    private static final int MISSING = -1;
    private static final byte NAME_END = 1;
    private static final byte VALUE_END = 2;
    private static final String END = "\2";
    private static final byte[] UNIQUE_KEY = PropertyNames.UNIQ_KEY.getBytes(UTF_8);

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

    private final byte[] added;
    private final UniqueKeys keys;

    /// @param cluster the broker's cluster, which every message is told
    /// @param keys for messages without one
    PropertyRules(String cluster, UniqueKeys keys) {
        String added =
                one(PropertyNames.CLUSTER, cluster)
                        + one(PropertyNames.MSG_REGION, "DefaultRegion")
                        + one(PropertyNames.TRACE_ON, "true");
        this.added = added.getBytes(UTF_8);
        this.keys = keys;
    }

    private static String one(String name, String value) {
        return MessageProperties.encode(Map.of(name, value));
    }

    /// Most messages have nothing but what they may have: then the text is taken as it is, and no
    /// property becomes an object. Bytes that are no UTF-8 are then stored as they came; where
    /// something is left out or added, a replacement character takes their place.
    ///
    /// @param properties in UTF-8, from position to limit
    Ruling rule(ByteBuffer properties) {
        int length = properties.remaining();
        byte[] text = new byte[length + added.length]; // as it will mostly be stored
        properties.get(properties.position(), text, 0, length);
        int keyAt = MISSING;
        int keyLength = 0;
        boolean whole = true;
        int at = 0;
        while (at < length) {
            int nameEnd = AsciiText.indexOfEither(text, at, length, NAME_END, VALUE_END);
            boolean named = nameEnd < length && text[nameEnd] == NAME_END;
            int end = named ? endOfValue(text, nameEnd + 1, length) : nameEnd;
            Rule rule = named ? ruleFor(text, at, nameEnd) : null;
            if (rule != null && isMeant(rule, text, nameEnd + 1, end)) {
                return refused(rule);
            }
            whole &= named && nameEnd > at && (rule == null || !rule.feature().isEmpty());
            if (named && isName(UNIQUE_KEY, text, at, nameEnd)) {
                keyAt = nameEnd + 1;
                keyLength = end - keyAt;
            }
            at = end + 1;
        }
        if (keyAt == MISSING) {
            String key = keys.next();
            String own = one(PropertyNames.UNIQ_KEY, key);
            byte[] stored = withAdded(mended(text, length, whole) + own);
            return new Ruling.Taken(stored, key.getBytes(UTF_8), 0, key.length());
        }
        if (!whole || text[length - 1] != VALUE_END) {
            byte[] stored = withAdded(mended(text, length, whole));
            return new Ruling.Taken(stored, text, keyAt, keyLength);
        }
        System.arraycopy(added, 0, text, length, added.length);
        return new Ruling.Taken(text, text, keyAt, keyLength);
    }

    private static int endOfValue(byte[] text, int from, int to) {
        return AsciiText.indexOfEither(text, from, to, VALUE_END, VALUE_END);
    }

    private static String mended(byte[] text, int length, boolean whole) {
        String properties = new String(text, 0, length, UTF_8);
        return whole ? ended(properties) : withoutDropped(properties);
    }

    private byte[] withAdded(String text) {
        byte[] first = text.getBytes(UTF_8);
        byte[] stored = Arrays.copyOf(first, first.length + added.length);
        System.arraycopy(added, 0, stored, first.length, added.length);
        return stored;
    }

    private static Rule ruleFor(byte[] text, int from, int to) {
        int length = to - from;
        if (length >= BY_LENGTH.size()) {
            return null;
        }
        List<Rule> rules = BY_LENGTH.get(length);
        for (int i = 0; i < rules.size(); i++) {
            if (isName(rules.get(i).name(), text, from, to)) {
                return rules.get(i);
            }
        }
        return null;
    }

    private static boolean isName(byte[] name, byte[] text, int from, int to) {
        return to - from == name.length && AsciiText.isSame(text, from, name, 0, name.length);
    }

    /// Clients also write down that they do not want a feature.
    private static boolean isMeant(Rule rule, byte[] text, int from, int to) {
        if (rule.feature().isEmpty()) {
            return false;
        }
        String value = new String(text, from, to - from, UTF_8);
        return !value.isEmpty() && !value.equals("0") && !value.equalsIgnoreCase("false");
    }

    private static Ruling.Refused refused(Rule rule) {
        return new Ruling.Refused(
                "property "
                        + new String(rule.name(), UTF_8)
                        + " asks for "
                        + rule.feature()
                        + ", which this version of Bolide does not support yet; send without it");
    }

    private static String ended(String text) {
        return text.isEmpty() || text.endsWith(END) ? text : text + END;
    }

    private static String withoutDropped(String text) {
        Map<String, String> properties = MessageProperties.decode(text);
        properties.keySet().removeAll(DROPPED);
        return MessageProperties.encode(properties);
    }

    private static List<List<Rule>> byLength() {
        List<List<Rule>> rules = new ArrayList<>();
        DROPPED.forEach(name -> add(rules, new Rule(name.getBytes(UTF_8), "")));
        REFUSED.forEach((name, feature) -> add(rules, new Rule(name.getBytes(UTF_8), feature)));
        return rules;
    }

    private static void add(List<List<Rule>> rules, Rule rule) {
        while (rules.size() <= rule.name().length) {
            rules.add(new ArrayList<>());
        }
        rules.get(rule.name().length).add(rule);
    }
}
