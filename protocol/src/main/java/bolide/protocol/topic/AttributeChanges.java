package bolide.protocol.topic;

import bolide.protocol.frame.InvalidRequestException;
import bolide.protocol.text.Excerpt;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is to become of the attributes of a topic or a consumer group; those that are named nowhere
 * stay as they are.
 *
 * @param put attributes to have by name, copied
 * @param removed names of those to have no longer, copied
 */
public record AttributeChanges(SortedMap<String, String> put, SortedSet<String> removed) {
    /** Leaves everything as it is. */
    public static final AttributeChanges NONE =
            new AttributeChanges(new TreeMap<>(), new TreeSet<>());

    private static final String PUT = "+";
    private static final String REMOVED = "-";

    public AttributeChanges {
        put = Collections.unmodifiableSortedMap(new TreeMap<>(put));
        removed = Collections.unmodifiableSortedSet(new TreeSet<>(removed));
    }

    /** Puts attributes and removes none. */
    public static AttributeChanges putting(Map<String, String> attributes) {
        return new AttributeChanges(new TreeMap<>(attributes), new TreeSet<>());
    }

    /**
     * Reads {@code +name=value,-name}.
     *
     * @throws InvalidRequestException when the text is anything else
     */
    public static AttributeChanges parse(String text) {
        SortedMap<String, String> put = new TreeMap<>();
        SortedSet<String> removed = new TreeSet<>();
        for (String change : text.split(",")) {
            int equals = change.indexOf('=');
            if (change.length() > 1 && change.startsWith(REMOVED)) {
                removed.add(change.substring(1));
            } else if (change.startsWith(PUT) && equals >= 2) {
                put.put(change.substring(1, equals), change.substring(equals + 1));
            } else if (!change.isEmpty()) {
                throw new InvalidRequestException(
                        "an attribute is set by +name=value and removed by -name; this is "
                                + Excerpt.of(change));
            }
        }
        return new AttributeChanges(put, removed);
    }

    /**
     * Reads the attributes of a whole layout, where peers write changes with a sign before the name
     * and what is to hold without one.
     */
    public static AttributeChanges ofSigned(Map<String, String> attributes) {
        SortedMap<String, String> put = new TreeMap<>();
        SortedSet<String> removed = new TreeSet<>();
        attributes.forEach((name, value) -> {
            if (name.startsWith(REMOVED)) {
                removed.add(name.substring(1));
            } else {
                put.put(name.startsWith(PUT) ? name.substring(1) : name, value);
            }
        });
        return new AttributeChanges(put, removed);
    }

    /**
     * @return the attributes after the changes
     */
    public Map<String, String> applyTo(Map<String, String> present) {
        SortedMap<String, String> after = new TreeMap<>(present);
        after.putAll(put);
        after.keySet().removeAll(removed);
        return after;
    }

    /**
     * @return the form that {@link #parse} reads; empty when nothing changes
     */
    public String text() {
        StringBuilder text = new StringBuilder();
        put.forEach((name, value) ->
                text.append(text.isEmpty() ? PUT : "," + PUT)
                        .append(name)
                        .append('=')
                        .append(value));
        removed.forEach(name -> text.append(text.isEmpty() ? REMOVED : "," + REMOVED).append(name));
        return text.toString();
    }
}
