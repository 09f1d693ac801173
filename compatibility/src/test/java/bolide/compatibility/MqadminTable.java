package bolide.compatibility;

import static bolide.compatibility.MqadminCommand.command;

import java.util.ArrayList;
import java.util.List;

/**
 * Every command of mqadmin 5.5.0 with what is expected of it, in the order in which they are run:
 * later ones may need what earlier ones made.
 */
final class MqadminTable {
    private static final String NO_CONTROLLER = "Bolide has no controller";
    private static final String NO_COLD_FLOW = "limits no group's old reads";

    /** All of them. */
    static final List<MqadminCommand> COMMANDS = all();

    private MqadminTable() {}

    private static List<MqadminCommand> all() {
        List<MqadminCommand> all = new ArrayList<>();
        all.addAll(topics());
        all.addAll(brokers());
        all.addAll(messages());
        all.addAll(clients());
        all.addAll(nameServers());
        all.addAll(exports());
        all.addAll(foreign());
        all.addAll(access());
        all.addAll(lite());
        all.addAll(offsets());
        all.addAll(endless());
        return List.copyOf(all);
    }

    private static List<MqadminCommand> topics() {
        return List.of(
                command("updateTopic -c {cluster} -t made -r 3 -w 3")
                        .shows("create topic to {broker} success", "readQueueNums=3"),
                command("updateTopicPerm -b {broker} -t made -p 4")
                        .shows("from 6 to 4 in {broker} success"),
                command("updateTopicList -c {cluster} -f {folder}/topics.json")
                        .shows("submit batch of topic config .*success"),
                command("topicRoute -t {topic}")
                        .shows("\"{broker}\"", "\"brokerName\":\"{name}\"", "\"readQueueNums\":2"),
                command("topicStatus -t {topic}").shows("^{name} +0 +0 +3 +20\\d\\d-"),
                command("topicClusterList -t {topic}").shows("^{cluster}$"),
                command("topicList").shows("^{topic}$", "^made$"),
                command("topicList -c")
                        .shows("^{cluster} +{topic} +{group}")
                        .lacks("^{cluster} +{topic} +$"),
                command("statsAll -t {topic}")
                        .shows("^{topic} +{group} +0 ")
                        .lacks("OutMsg24Hour\\s*$"),
                command("allocateMQ -t {topic} -i 10.0.0.1,10.0.0.2")
                        .shows("\"10.0.0.2\":\\[\\{\"brokerName\":\"{name}\",\"queueId\":1"),
                command("updateStaticTopic -c {cluster} -t static -qn 2")
                        .isRefused("Bolide has no static topics"),
                command("remappingStaticTopic -c {cluster} -t static")
                        .isRefused("No topic route to do the remapping"),
                command("deleteTopic -c {cluster} -t made")
                        .shows("delete topic \\[made\\] from cluster \\[{cluster}\\] success"));
    }

    private static List<MqadminCommand> brokers() {
        return List.of(
                command("clusterList").shows("^{cluster} +{name} +0 +{broker} +V5_5_0 .* true"),
                command("clusterList -m").shows("^{cluster} +{name} +0 +0 +\\d+ +\\d+"),
                command("brokerStatus -b {broker}")
                        .shows(
                                "^brokerActive +: true",
                                "^putTps +: ", // Apache's has no rates in its first ten seconds
                                "^commitLogDirCapacity +: Total : [0-9.]+ [KMGT]iB, Free"),
                command("brokerConsumeStats -b {broker}")
                        .shows("^{topic} +{group} +{name} +0 +3 +3 +0 +20", "Diff Total:"),
                command("getBrokerConfig -b {broker}")
                        .shows(
                                "^brokerName += +{name}$",
                                "^flushDiskType += +ASYNC_FLUSH$",
                                "^fileReservedTime += +72$"),
                command("updateBrokerConfig -b {broker} -k defaultTopicQueueNums -v 4")
                        .shows("update broker config success, {broker}"),
                command("updateBrokerConfig -b {broker} -k namesrvAddr -v 10.0.0.1:9876")
                        .isRefused("cannot be changed while the broker runs"),
                command("cleanExpiredCQ -b {broker}").shows("^success$"),
                command("cleanUnusedTopic -b {broker}").shows("^success$"),
                command("deleteExpiredCommitLog -b {broker}").shows("^success$"),
                command("sendMsgStatus -b {name} -s 16 -c 2")
                        .shows("rt=\\d+ms, SendResult=SendResult \\[sendStatus=SEND_OK"),
                command("haStatus -b {broker}").shows("MasterAddr|Master Addr|brokerName"));
    }

    private static List<MqadminCommand> messages() {
        return List.of(
                command("sendMessage -t {topic} -p hello -k key-9 -b {name} -i 1")
                        .shows("^{name} +1 +SEND_OK +[0-9A-F]{32,}"),
                command("queryMsgById -t {topic} -i {id}")
                        .shows("^OffsetID: +{id}", "^Keys: +\\[key-0\\]", "{group}.*CONSUMED"),
                command("queryMsgById -t {topic} -i {id} -g {group} -d {client}")
                        .shows("consumeResult=CR_SUCCESS"),
                command("queryMsgByKey -t {topic} -k key-0").shows("^{unique} +0 +0 "),
                command("queryMsgByUniqueKey -t {topic} -i {unique}")
                        .shows("^Keys: +\\[key-0\\]", "{group}.*CONSUMED"),
                command("queryMsgByOffset -t {topic} -b {name} -i 0 -o 0")
                        .shows("^OffsetID: +{id}", "{group}.*CONSUMED"),
                command("queryMsgTraceById -i {unique} -t {topic}")
                        .shows("^Pub ")
                        .lacks("query message by key finished, but no message")
                        .onlyHere(),
                command("printMsg -t {topic}")
                        .shows("minOffset=0, maxOffset=3", "MSGID: {unique} .*BODY: body-0"),
                command("printMsgByQueue -t {topic} -a {name} -i 0 -p true -d true")
                        .shows("MSGID: {unique} .*BODY: body-0"),
                command("consumeMessage -t {topic} -b {name} -i 0 -o 0 -c 2")
                        .shows("^Consume ok$", "MSGID: {unique} .*BODY: body-0"),
                command("queryCq -t {topic} -q 0 -i 0 -b {broker}")
                        .shows("^max: 3, min: 0$", "physicSize=\\d+, tagsCode=2598919"),
                command("queryCq -t {topic} -q 0 -i 0 -b {broker} -g {group}")
                        .shows("^Subscription data: *$", "\"subString\":\"\\*\"", "eval="),
                command("checkMsgSendRT -t {topic} -a 3 -s 16")
                        .shows("^{name} +\\d +true", "^Avg RT: "));
    }

    private static List<MqadminCommand> clients() {
        return List.of(
                command("updateSubGroup -c {cluster} -g made-group")
                        .shows("create subscription group to {broker} success", "made-group"),
                command("updateSubGroupList -c {cluster} -f {folder}/groups.json").shows("success"),
                command("getConsumerConfig -g {group}").shows("^groupName += +{group} *$"),
                command("setConsumeMode -b {broker} -t {topic} -g {group} -m PULL -q 0")
                        .shows("set consume mode to {broker} success"),
                command("producerConnection -g producers -t {topic}")
                        .shows("^\\d+ +\\S+@sender-\\d+ +\\S+ +JAVA +V5_5_0"),
                command("consumerConnection -g {group} -b {broker}")
                        .shows("^{client} +\\S+ +JAVA +V5_5_0", "^{topic} +\\* *$"),
                command("producer -b {broker}").shows("producer group \\(producers\\)"),
                command("consumerProgress -g {group}")
                        .shows(
                                "^{topic} +{name} +0 +5 +\\d+ +\\d+ +\\d+ ",
                                "^Consume Diff Total: \\d"),
                command("consumerProgress")
                        .shows("^{group} +1 +V5_5_0 +PUSH +CLUSTERING")
                        .lacks("^{group} +0 +OFFLINE"),
                command("consumerStatus -g {group} -i {client} -b {broker}")
                        .shows("Consumer Subscription", "Topic: {topic} +ClassFilter"),
                command("deleteSubGroup -c {cluster} -g made-group")
                        .shows(
                                "delete subscription group \\[made-group\\] from broker"
                                        + " \\[{broker}\\]"));
    }

    private static List<MqadminCommand> nameServers() {
        return List.of(
                command("updateKvConfig -s space -k key -v value").shows("success"),
                command("deleteKvConfig -s space -k key").shows("success"),
                command("updateOrderConf -t {topic} -m put -v {name}:2")
                        .shows("update orderConf success.*{name}:2"),
                command("updateOrderConf -t {topic} -m get").shows("{name}:2"),
                command("updateOrderConf -t {topic} -m delete").shows("delete orderConf success"),
                command("wipeWritePerm -b {name}").shows("{name}.*OK, \\d+"),
                command("addWritePerm -b {name}").shows("{name}.*OK, \\d+"),
                command("getNamesrvConfig").shows("{nameserver}"),
                command("updateNamesrvConfig -k kvConfigPath -v elsewhere")
                        .isRefused("kvConfigPath"));
    }

    private static List<MqadminCommand> exports() {
        return List.of(
                command("exportConfigs -c {cluster} -f {folder}")
                        .shows("export {folder}/configs.json success"),
                command("exportMetadata -b {broker} -t -f {folder}").shows("success"),
                command("exportMetrics -c {cluster} -f {folder}")
                        .shows("export {folder}/metrics.json success"),
                command("exportPopRecord -b {broker}")
                        .shows("Export broker records, brokerName={name}")
                        .onlyHere(),
                command("exportMetadataInRocksDB -p {folder}/none -t topics")
                        .shows("RocksDB path is invalid")
                        .isLocal(),
                command("dumpCompactionLog -f {folder}/none").shows("none not exist").isLocal());
    }

    private static List<MqadminCommand> foreign() {
        return List.of(
                command("addBroker -c {broker} -b {folder}/none")
                        .isRefused("a Bolide process holds one broker"),
                command("removeBroker -c {broker} -b {cluster}:{name}:0")
                        .isRefused("a Bolide process holds one broker"),
                command("resetMasterFlushOffset -b {broker} -o 0")
                        .isRefused("Bolide's log knows by itself how far it is on stable storage"),
                command("getSyncStateSet -a {broker} -b {name}").isRefused(NO_CONTROLLER),
                command("getBrokerEpoch -b {name}").isRefused(NO_CONTROLLER),
                command("getControllerMetaData -a {broker}").isRefused(NO_CONTROLLER),
                command("getControllerConfig -a {broker}").isRefused(NO_CONTROLLER),
                command("updateControllerConfig -a {broker} -k a -v b").isRefused(NO_CONTROLLER),
                command("electMaster -a {broker} -b 0 -bn {name} -c {cluster}")
                        .isRefused(NO_CONTROLLER),
                command("cleanBrokerMetadata -a {broker} -bn {name} -c {cluster} -b 1")
                        .isRefused(NO_CONTROLLER),
                command("getColdDataFlowCtrInfo -b {broker}").isRefused(NO_COLD_FLOW),
                command("updateColdDataFlowCtrGroupConfig -b {broker} -g {group} -v 10")
                        .isRefused(NO_COLD_FLOW),
                command("removeColdDataFlowCtrGroupConfig -b {broker} -g {group}")
                        .isRefused(NO_COLD_FLOW),
                command("setCommitLogReadAheadMode -b {broker} -m 0")
                        .isRefused("the system reads ahead in Bolide's log as it sees fit"),
                command("rocksDBConfigToJson -n {nameserver} -c {cluster} -t topics")
                        .isRefused("not in RocksDB"),
                command("checkRocksdbCqWriteProgress -n {nameserver} -c {cluster} -t {topic}")
                        .isRefused("not in RocksDB"),
                command("switchTimerEngine -b {broker} -e F")
                        .isRefused("Bolide has one way to keep timed messages"));
    }

    /** Apache's server is not set up for these here. */
    private static List<MqadminCommand> access() {
        return List.of(
                command("createUser -b {broker} -u alice -p secret").shows("success").onlyHere(),
                command("updateUser -b {broker} -u alice -p other").shows("success").onlyHere(),
                command("getUser -b {broker} -u alice").shows("alice").onlyHere(),
                command("listUser -b {broker}").shows("alice").onlyHere(),
                command("copyUser -f {broker} -t {broker} -u alice").shows("success").onlyHere(),
                command("createAcl -b {broker} -s User:alice -r Topic:{topic} -a Pub -d Allow")
                        .shows("success")
                        .onlyHere(),
                command("updateAcl -b {broker} -s User:alice -r Topic:{topic} -a Sub -d Allow")
                        .shows("success")
                        .onlyHere(),
                command("getAcl -b {broker} -s User:alice").shows("User:alice").onlyHere(),
                command("listAcl -b {broker}").shows("User:alice").onlyHere(),
                command("copyAcl -f {broker} -t {broker} -s User:alice")
                        .shows("success")
                        .onlyHere(),
                command("deleteAcl -b {broker} -s User:alice").shows("success").onlyHere(),
                command("deleteUser -b {broker} -u alice").shows("success").onlyHere());
    }

    /** The tool passes over what the server says. */
    private static List<MqadminCommand> lite() {
        String failed = "^\\[?{name}\\]? +error";
        return List.of(
                command("getBrokerLiteInfo -b {broker}").shows("^{broker} .*\\d").onlyHere(),
                command("getParentTopicInfo -p {topic}")
                        .shows("^{name} +-?\\d")
                        .lacks(failed)
                        .onlyHere(),
                command("getLiteTopicInfo -p {topic} -l lite")
                        .shows("^{name} +-?\\d")
                        .lacks(failed)
                        .onlyHere(),
                command("getLiteClientInfo -p {topic} -g {group} -c {client}")
                        .shows("^{name} +-?\\d")
                        .lacks(failed)
                        .onlyHere(),
                command("getLiteGroupInfo -p {topic} -g {group}")
                        .shows("^Total Lag Count: \\d", "^{name} +\\d")
                        .lacks(failed)
                        .onlyHere(),
                command("triggerLiteDispatch -p {topic} -g {group} -b {name}")
                        .shows("^{name} +dispatched")
                        .lacks(failed)
                        .onlyHere());
    }

    private static List<MqadminCommand> offsets() {
        return List.of(
                command("cloneGroupOffset -s {group} -d listed-group -t {topic}")
                        .shows("clone group offset success"),
                command("resetOffsetByTime -g {group} -t {topic} -s -1")
                        .shows("^{name} +0 +\\d+ *$", "^{name} +1 +\\d+ *$"),
                command("resetOffsetByTime -g {group} -t {topic} -s -1 -b {broker} -q 0 -o 1")
                        .shows("^reset consumer offset to 1$"),
                command("skipAccumulatedMessage -g {group} -t {topic}")
                        .shows("^{name} +0 +\\d+ *$", "^{name} +1 +\\d+ *$"));
    }

    /** These end only with the tool. */
    private static List<MqadminCommand> endless() {
        return List.of(
                command("clusterRT -c {cluster} -a 3 -s 16 -i 1")
                        .shows("^{cluster} +{name} +[0-9.]+ +3 +0 ")
                        .until("{cluster}"),
                command("startMonitoring").shows("\\A\\s*\\z"));
    }
}
