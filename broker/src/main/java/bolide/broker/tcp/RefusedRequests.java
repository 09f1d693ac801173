package bolide.broker.tcp;

import bolide.broker.refusal.Refusal;
import bolide.remoting.RequestTable;
import java.util.Map;

/// Requests of Apache's tools for what this broker does not have and will not have, each with the
/// reason. What it does not have yet is not in any table.
public final class RefusedRequests {
    private static final String NO_ROCKSDB =
            "Bolide keeps topics, groups, offsets and queues in its log, not in RocksDB";
    private static final String NO_COLD_FLOW_CONTROL =
            "Bolide reads old messages on threads of their own and so limits no group's old reads";
    private static final String NO_CONTAINER =
            "a Bolide process holds one broker; start another process for another one";
    private static final String NO_CONTROLLER_EPOCH =
            "Bolide has no controller: there are no master's epochs and no sets of replicas";

    private static final Map<Integer, String> REASONS =
            Map.ofEntries(
                    Map.entry(354, NO_ROCKSDB),
                    Map.entry(355, NO_ROCKSDB),
                    Map.entry(2001, NO_COLD_FLOW_CONTROL),
                    Map.entry(2002, NO_COLD_FLOW_CONTROL),
                    Map.entry(2003, NO_COLD_FLOW_CONTROL),
                    Map.entry(
                            2004,
                            "the system reads ahead in Bolide's log as it sees fit; there is no"
                                    + " mode to set"),
                    Map.entry(902, NO_CONTAINER),
                    Map.entry(903, NO_CONTAINER),
                    Map.entry(908, "Bolide's log knows by itself how far it is on stable storage"),
                    Map.entry(1001, NO_CONTROLLER_EPOCH),
                    Map.entry(1002, NO_CONTROLLER_EPOCH),
                    Map.entry(1005, NO_CONTROLLER_EPOCH),
                    Map.entry(1006, NO_CONTROLLER_EPOCH),
                    Map.entry(1007, NO_CONTROLLER_EPOCH),
                    Map.entry(1009, NO_CONTROLLER_EPOCH),
                    Map.entry(1010, NO_CONTROLLER_EPOCH),
                    Map.entry(1011, NO_CONTROLLER_EPOCH),
                    Map.entry(5001, "Bolide has one way to keep timed messages"),
                    Map.entry(
                            513,
                            "Bolide has no static topics, whose queues wander from broker to"
                                    + " broker"));

    private RefusedRequests() {}

    public static void addTo(RequestTable table) {
        REASONS.forEach((code, reason) ->
                table.inline(
                        code,
                        frame -> Refusal.of(Refusal.Reason.NOT_OFFERED, reason),
                        (refusal, reply) -> reply.send(refusal),
                        (Refusal refusal) -> RefusalCodes.answer(refusal)));
    }
}
