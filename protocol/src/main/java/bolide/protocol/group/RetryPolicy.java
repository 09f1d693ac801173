package bolide.protocol.group;

import bolide.protocol.body.JsonBody;
import bolide.protocol.json.JsonReader;
import bolide.protocol.json.JsonWriter;
import java.util.List;
import java.util.Optional;

/**
 * After which times a group's failed messages are delivered again.
 *
 * @param type which of the two counts, see the constants
 * @param exponential times that grow by a factor
 * @param steps times one by one, milliseconds
 */
public record RetryPolicy(
        String type, Optional<Exponential> exponential, Optional<List<Long>> steps) {
    /** The times are those of {@code steps}; without any, those of the delay levels. */
    public static final String CUSTOMIZED = "CUSTOMIZED";

    /** The times grow by a factor. */
    public static final String EXPONENTIAL = "EXPONENTIAL";

    /** What a group has of which nobody said anything. */
    public static final RetryPolicy USUAL =
            new RetryPolicy(CUSTOMIZED, Optional.empty(), Optional.empty());

    /**
     * Times that grow by a factor.
     *
     * @param initialMillis the first
     * @param maxMillis the longest
     * @param multiplier each is so many times the one before
     */
    public record Exponential(long initialMillis, long maxMillis, long multiplier) {
        private static Exponential read(JsonReader json) {
            long initial = 5_000;
            long max = 7_200_000;
            long multiplier = 2;
            json.beginObject();
            while (json.hasNext()) {
                switch (json.nextName()) {
                    case "initial" -> initial = json.nextLong(initial);
                    case "max" -> max = json.nextLong(max);
                    case "multiplier" -> multiplier = json.nextLong(multiplier);
                    default -> json.skipValue();
                }
            }
            json.endObject();
            return new Exponential(initial, max, multiplier);
        }

        private void write(JsonWriter json) {
            json.beginObject();
            json.name("initial").value(initialMillis);
            json.name("max").value(maxMillis);
            json.name("multiplier").value(multiplier);
            json.endObject();
        }
    }

    static RetryPolicy read(JsonReader json) {
        if (json.nextIsNull()) {
            return USUAL;
        }
        String type = CUSTOMIZED;
        Optional<Exponential> exponential = Optional.empty();
        Optional<List<Long>> steps = Optional.empty();
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName()) {
                case "type" -> type = json.nextText(CUSTOMIZED);
                case "exponentialRetryPolicy" ->
                        exponential =
                                json.nextIsNull()
                                        ? Optional.empty()
                                        : Optional.of(Exponential.read(json));
                case "customizedRetryPolicy" -> steps = readSteps(json);
                default -> json.skipValue();
            }
        }
        json.endObject();
        return new RetryPolicy(type, exponential, steps);
    }

    private static Optional<List<Long>> readSteps(JsonReader json) {
        if (json.nextIsNull()) {
            return Optional.empty();
        }
        List<Long> steps = List.of();
        json.beginObject();
        while (json.hasNext()) {
            if (json.nextName().equals("next")) {
                steps = JsonBody.readList(json, step -> step.nextLong(0));
            } else {
                json.skipValue();
            }
        }
        json.endObject();
        return Optional.of(steps);
    }

    void write(JsonWriter json) {
        json.beginObject();
        steps.ifPresent(times -> {
            json.name("customizedRetryPolicy").beginObject().name("next").beginArray();
            times.forEach(json::value);
            json.endArray().endObject();
        });
        exponential.ifPresent(growth -> growth.write(json.name("exponentialRetryPolicy")));
        json.name("type").value(type);
        json.endObject();
    }
}
