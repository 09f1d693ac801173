package bolide.protocol;

import bolide.protocol.config.KvEntry;
import bolide.protocol.config.KvKey;
import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.InvalidRequestException;
import bolide.protocol.group.ConsumerIds;
import bolide.protocol.group.DeleteGroups;
import bolide.protocol.group.GroupTopic;
import bolide.protocol.group.UnregisterClient;
import bolide.protocol.offset.CloneOffsets;
import bolide.protocol.offset.CommitOffset;
import bolide.protocol.offset.CommittedOffset;
import bolide.protocol.offset.ConsumerStatus;
import bolide.protocol.offset.OffsetResponse;
import bolide.protocol.offset.QueueRequest;
import bolide.protocol.offset.ResetOffset;
import bolide.protocol.offset.SearchOffset;
import bolide.protocol.pull.PullRequest;
import bolide.protocol.pull.PullResponse;
import bolide.protocol.query.MessageQuestion;
import bolide.protocol.query.QueueDumpQuestion;
import bolide.protocol.route.BrokerIdentity;
import bolide.protocol.route.BrokerRegistration;
import bolide.protocol.route.TablePage;
import bolide.protocol.route.TopicRoute;
import bolide.protocol.send.SendRequest;
import bolide.protocol.send.SendResponse;
import bolide.protocol.statistics.ConsumeStatsQuestion;
import bolide.protocol.statistics.StatisticsQuestion;
import bolide.protocol.topic.CreateTopic;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Any extension fields give a request or an {@link InvalidRequestException}. */
class RequestTotalityTest {
    private static final List<Consumer<Frame>> DECODERS =
            List.of(
                    SendRequest::decode,
                    frame -> SendResponse.decode(frame.fields()),
                    PullRequest::decode,
                    frame -> PullResponse.decode(frame.fields()),
                    CommitOffset::decode,
                    CommittedOffset::decode,
                    SearchOffset::decode,
                    QueueRequest::decode,
                    frame -> OffsetResponse.decode(frame.fields()),
                    StatisticsQuestion::decode,
                    ConsumeStatsQuestion::decode,
                    ResetOffset::decode,
                    CloneOffsets::decode,
                    ConsumerStatus.Question::decode,
                    MessageQuestion::decode,
                    QueueDumpQuestion::decode,
                    CreateTopic::decode,
                    KvKey::decode,
                    KvEntry::decode,
                    UnregisterClient::decode,
                    DeleteGroups::decode,
                    GroupTopic.Reading::decode,
                    TablePage::ofTopics,
                    TablePage::ofGroups,
                    ConsumerIds::groupOf,
                    BrokerIdentity::decode,
                    BrokerRegistration::decode,
                    TopicRoute::topicOf,
                    TopicRoute::keysFor);

    /** The names that the decoders ask for. */
    private static final List<String> NAMES =
            List.copyOf(
                    new TreeSet<>(
                            List.of(
                                    ("a b c d e f g h i j k l m producerGroup topic defaultTopic"
                                                    + " defaultTopicQueueNums queueId sysFlag"
                                                    + " bornTimestamp flag properties"
                                                    + " reconsumeTimes unitMode maxReconsumeTimes"
                                                    + " batch msgId queueOffset transactionId"
                                                    + " consumerGroup maxMsgNums commitOffset"
                                                    + " suspendTimeoutMillis subVersion"
                                                    + " subscription expressionType maxMsgBytes"
                                                    + " suggestWhichBrokerId nextBeginOffset"
                                                    + " minOffset maxOffset setZeroIfNotFound"
                                                    + " timestamp boundaryType offset"
                                                    + " readQueueNums writeQueueNums perm"
                                                    + " topicFilterType topicSysFlag order"
                                                    + " attributes clientID brokerName brokerAddr"
                                                    + " clusterName brokerId haServerAddr"
                                                    + " heartbeatTimeoutMillis bodyCrc32"
                                                    + " acceptStandardJsonOnly statsName statsKey"
                                                    + " topicList group srcGroup destGroup"
                                                    + " clientAddr key maxNum beginTimestamp"
                                                    + " endTimestamp indexType index count"
                                                    + " groupName cleanOffset removeOffset readable"
                                                    + " topicSeq maxTopicNum groupSeq maxGroupNum"
                                                    + " namespace value")
                                            .split(" "))));

    private static String seededValue(Seeded seeded) {
        return switch (seeded.below(8)) {
            case 0 -> seeded.textWithLoneSurrogates();
            case 1 -> "";
            case 2 -> "true";
            case 3 -> "+" + seeded.text() + "=" + seeded.text();
            default -> Long.toString(seeded.number());
        };
    }

    @Test
    void shouldAnswerAnyFields() {
        Seeded.forEach(
                3000,
                seeded -> {
                    // given: mostly all that is asked for, so that some decoders come to the end
                    Fields.Builder fields = Fields.builder();
                    int left = seeded.below(20);
                    for (String name : NAMES) {
                        if (left == 0 || seeded.below(left) > 0) {
                            fields.put(name, seededValue(seeded));
                        }
                    }
                    int[] codes = {10, 310, 320, 11, 103, 904, seeded.integer()};
                    Frame frame =
                            Frame.request(
                                    codes[seeded.below(codes.length)],
                                    fields.build(),
                                    Golden.utf8(seeded.text()));

                    for (Consumer<Frame> decoder : DECODERS) {
                        // when, then
                        try {
                            decoder.accept(frame);
                        } catch (InvalidRequestException documented) {
                            continue;
                        }
                    }
                });
    }
}
