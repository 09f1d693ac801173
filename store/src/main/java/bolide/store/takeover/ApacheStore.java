package bolide.store.takeover;

import bolide.protocol.topic.Names;
import bolide.protocol.topic.TopicConfig;
import bolide.store.StoreConfig;
import bolide.store.file.DirectoryView;
import bolide.store.verify.LogFile;
import bolide.store.verify.LogReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;

/// A store of Apache's broker that has been looked through, and can be taken over.
///
/// @param topics the topics that clients may use
/// @param groups the settings of the consumer groups, a JSON object each, by group
/// @param forbidden by group the topics that it may not read
/// @param offsets what the groups have committed in those topics
/// @param ends the ends of queues whose last messages are not in the log any more
/// @param goneTopics topics that were deleted while their messages are still in the log
/// @param parked what would stay behind
/// @param notes what was not as usual, a sentence each
/// @param log the log as it was read
/// @param segmentBytes how long its segments are
public record ApacheStore(
        List<TopicConfig> topics,
        Map<String, String> groups,
        Map<String, Set<String>> forbidden,
        List<GroupOffset> offsets,
        List<QueueEnd> ends,
        Set<String> goneTopics,
        List<Parked> parked,
        List<String> notes,
        LogReader.Outcome log,
        long segmentBytes) {
    private static final String LIGHT_QUEUE = "%LMQ%";
    private static final String SYSTEM_PREFIX = "rmq_sys_";
    private static final String SYSTEM_CAPITALS = "RMQ_SYS_ROCKSDB_";

    /// Reads the configuration, the ends of the queues, and every record of the log. Changes
    /// nothing.
    ///
    /// @param progress told now and then how many bytes of the log have been read
    /// @throws TakeOverRefusal when the directory cannot be taken over
    /// @throws bolide.store.file.StorageException when a file cannot be read
    public static ApacheStore read(DirectoryView directory, LongConsumer progress) {
        ForeignParts.refuse(directory);
        LogReader reader = new LogReader(directory);
        long segmentBytes = segmentBytes(directory, reader.files());
        List<String> notes = new ArrayList<>();
        ApacheConfig config = ApacheConfig.read(directory, notes::add);
        LogContent content = new LogContent(config, TimerCheck.read(directory));
        LogReader.Outcome log = reader.read(content, progress);
        if (!content.problem().isEmpty()) {
            throw new TakeOverRefusal(
                    "the log of "
                            + directory.describe()
                            + " cannot be taken over: "
                            + content.problem()
                            + "; let Apache's broker run on it until that part has expired, or"
                            + " restore a backup");
        }
        if (!log.torn().isEmpty()) {
            notes.add(
                    log.tornBytes()
                            + " bytes behind the last whole record, at position "
                            + log.end()
                            + ", will be cut off: "
                            + log.torn());
        }
        List<QueueEnd> ends = new ArrayList<>();
        long lightQueues = readQueues(directory, log, content, ends);
        List<TopicConfig> topics = config.topics().stream().filter(ApacheStore::isUsed).toList();
        Set<String> names = new HashSet<>();
        topics.forEach(topic -> names.add(topic.name()));
        List<GroupOffset> offsets =
                config.offsets().stream().filter(o -> names.contains(o.topic())).toList();
        noteSkipped(config, offsets, notes);
        return new ApacheStore(
                topics,
                config.groups(),
                config.forbidden(),
                offsets,
                ends,
                gone(config, content),
                parked(directory, config, content, lightQueues),
                notes,
                log,
                segmentBytes);
    }

    private static long segmentBytes(DirectoryView directory, List<LogFile> files) {
        if (files.isEmpty()) {
            throw new TakeOverRefusal(
                    directory.describe()
                            + " holds no segment in commitlog/: if storePathCommitLog of the broker"
                            + " names another directory, move its files to commitlog/ first");
        }
        long length = files.getFirst().length();
        for (LogFile file : files) {
            if (file.length() != length) {
                throw new TakeOverRefusal(
                        file.path()
                                + " has "
                                + file.length()
                                + " bytes and the first segment "
                                + length
                                + "; Apache's broker makes all of one length: start and stop it"
                                + " once on this directory");
            }
        }
        if (length < StoreConfig.SMALLEST_SEGMENT_BYTES
                || length > StoreConfig.LARGEST_SEGMENT_BYTES) {
            throw new TakeOverRefusal(
                    "segments of "
                            + length
                            + " bytes (mappedFileSizeCommitLog) cannot be taken over; Bolide takes "
                            + StoreConfig.SMALLEST_SEGMENT_BYTES
                            + " to "
                            + StoreConfig.LARGEST_SEGMENT_BYTES);
        }
        return length;
    }

    /// @param ends takes the ends of queues of which the log holds no message
    /// @return how many light queues there are, whose messages lie in other topics
    private static long readQueues(
            DirectoryView directory,
            LogReader.Outcome log,
            LogContent content,
            List<QueueEnd> ends) {
        long lightQueues = 0;
        boolean stopped = !ApacheFiles.wasKilled(directory);
        for (String topic : directory.list(ApacheFiles.CONSUME_QUEUES)) {
            if (topic.startsWith(LIGHT_QUEUE)) {
                lightQueues++;
                continue;
            }
            String folder = ApacheFiles.CONSUME_QUEUES + "/" + topic;
            for (String queue : directory.list(folder)) {
                if (!queue.matches("\\d{1,5}")) {
                    continue;
                }
                int queueId = Integer.parseInt(queue);
                QueueFiles files = new QueueFiles(directory, folder + "/" + queue);
                if (stopped && files.lastPosition() > log.end()) {
                    throw new TakeOverRefusal(
                            "queue "
                                    + topic
                                    + "@"
                                    + queue
                                    + " reaches to position "
                                    + files.lastPosition()
                                    + ", but the log in commitlog/ ends at "
                                    + log.end()
                                    + ": segments are missing; if storePathCommitLog names several"
                                    + " directories, move all segments to commitlog/ first");
                }
                long end = files.endBelow(log.start());
                if (end > content.order().end(topic, queueId)) {
                    ends.add(new QueueEnd(topic, queueId, end));
                }
            }
        }
        return lightQueues;
    }

    /// @return whether clients may have to do with the topic
    private static boolean isUsed(TopicConfig topic) {
        return !isSystem(topic.name());
    }

    private static boolean isSystem(String topic) {
        return topic.equals(Names.AUTO_CREATE)
                || Names.isClosedToProducers(topic)
                || topic.startsWith(SYSTEM_PREFIX)
                || topic.startsWith(SYSTEM_CAPITALS);
    }

    /// Their messages would be there again when a topic of that name is made.
    private static Set<String> gone(ApacheConfig config, LogContent content) {
        Set<String> gone = new TreeSet<>();
        content.order().topics().forEach(gone::add);
        gone.removeIf(ApacheStore::isSystem);
        config.topics().forEach(topic -> gone.remove(topic.name()));
        return gone;
    }

    private static void noteSkipped(
            ApacheConfig config, List<GroupOffset> taken, List<String> notes) {
        long ofTheSystem = config.offsets().stream().filter(o -> isSystem(o.topic())).count();
        long ofNoTopic = config.offsets().size() - taken.size() - ofTheSystem;
        if (ofNoTopic > 0) {
            notes.add(ofNoTopic + " offsets are of topics that do not exist any more: left out");
        }
        if (config.clientOffsets() > 0) {
            notes.add(config.clientOffsets() + " offsets are of single clients: left out");
        }
    }

    private static List<Parked> parked(
            DirectoryView directory, ApacheConfig config, LogContent content, long lightQueues) {
        List<Parked> parked =
                new ArrayList<>(
                        List.of(
                                new Parked("delayed messages", content.delayed()),
                                new Parked("timed messages", content.timed()),
                                new Parked("half messages", content.halves()),
                                new Parked("deliveries by POP", content.popped()),
                                new Parked(
                                        "files of POP records",
                                        directory.list(ApacheFiles.POP_RECORDS).stream()
                                                .filter(name -> name.endsWith(".sst"))
                                                .count()),
                                new Parked("queues consumed in order by POP", config.ordered()),
                                new Parked("groups set to POP", config.popGroups()),
                                new Parked("prohibitions of groups", config.prohibitions()),
                                new Parked("mapped (static) topics", config.mappedTopics()),
                                new Parked(
                                        "compacted topics",
                                        directory.list(ApacheFiles.COMPACTION).size()),
                                new Parked("light queues", lightQueues)));
        parked.removeIf(kind -> kind.count() == 0);
        return parked;
    }
}
