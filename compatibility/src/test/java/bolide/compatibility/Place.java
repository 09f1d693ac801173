package bolide.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.compatibility.driver.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * Where a message stands in its topic.
 *
 * @param queue the queue's number
 * @param offset the message's number in the queue
 */
record Place(long queue, long offset) implements Comparable<Place> {
    /** The place that a report names. */
    static Place of(Report report) {
        return new Place(report.number("queue"), report.number("offset"));
    }

    /** The bodies by place; two at one place are refused. */
    static Map<Place, String> bodies(List<Report> reports) {
        Map<Place, String> bodies = new TreeMap<>();
        for (Report report : reports) {
            String body = report.text("body");
            String before = bodies.putIfAbsent(of(report), body);
            if (before != null) {
                assertThat(body).as("the other body at %s", of(report)).isEqualTo(before);
            }
        }
        return bodies;
    }

    /** Holds if the offsets of each queue count from 0 without a gap. */
    static void assertDense(Iterable<Place> places) {
        Map<Long, List<Long>> offsets = new TreeMap<>();
        for (Place place : places) {
            offsets.computeIfAbsent(place.queue, queue -> new ArrayList<>()).add(place.offset);
        }
        offsets.forEach((queue, all) ->
                assertThat(all.stream().sorted())
                        .as("the offsets of queue %s", queue)
                        .containsExactlyElementsOf(
                                LongStream.range(0, all.size()).boxed().toList()));
    }

    @Override
    public int compareTo(Place other) {
        return queue != other.queue
                ? Long.compare(queue, other.queue)
                : Long.compare(offset, other.offset);
    }
}
