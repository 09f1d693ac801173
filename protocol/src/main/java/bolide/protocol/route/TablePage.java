package bolide.protocol.route;

import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import java.util.List;

/**
 * Which part of a table is asked for by requests 21 and 201: tools since 5.3.3 say how many entries
 * they have already and go on until they have as many as the answer says there are. Older ones ask
 * for all of it.
 *
 * @param from how many entries to pass over
 * @param most how many to give
 */
public record TablePage(int from, int most) {
    /** Most entries of an answer to those who can ask for more: a few megabytes. */
    public static final int MOST_ENTRIES = 4096;

    /** The whole table. */
    public static final TablePage ALL = new TablePage(0, Integer.MAX_VALUE);

    /**
     * @return the part of the topics that request 21 asks for
     * @throws bolide.protocol.frame.InvalidRequestException when a field is no number
     */
    public static TablePage ofTopics(Frame frame) {
        return of(frame.fields(), "topicSeq", "maxTopicNum");
    }

    /**
     * @return the part of the groups that request 201 asks for
     * @throws bolide.protocol.frame.InvalidRequestException when a field is no number
     */
    public static TablePage ofGroups(Frame frame) {
        return of(frame.fields(), "groupSeq", "maxGroupNum");
    }

    private static TablePage of(Fields fields, String fromField, String mostField) {
        if (!fields.has(fromField)) {
            return ALL;
        }
        int most = fields.integer(mostField, 0);
        return new TablePage(
                Math.max(0, fields.integer(fromField)),
                most <= 0 ? MOST_ENTRIES : Math.min(most, MOST_ENTRIES));
    }

    /**
     * @return the part of a table whose order does not change
     */
    public <T> List<T> of(List<T> table) {
        int start = Math.min(from, table.size());
        return table.subList(start, start + Math.min(most, table.size() - start));
    }
}
