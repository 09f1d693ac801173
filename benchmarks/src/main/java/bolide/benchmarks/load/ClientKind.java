package bolide.benchmarks.load;

/// Whose client makes the load.
public enum ClientKind {
    ROCKETMQ,
    KAFKA;

    /// Only in a JVM that has this client's class path.
    Client connect(String address, LoadPlan plan) throws Exception {
        return switch (this) {
            case ROCKETMQ -> new RocketMqClient(address);
            case KAFKA -> new KafkaClient(address, plan.kind() == LoadKind.ASYNC);
        };
    }

    /// @return what the folder of its jars is called, see [bolide.benchmarks.process.Peers]
    public String peer() {
        return this == ROCKETMQ ? "client" : "kafka";
    }
}
