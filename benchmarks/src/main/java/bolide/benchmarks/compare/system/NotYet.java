package bolide.benchmarks.compare.system;

import java.util.LinkedHashMap;
import java.util.Map;

/// Workloads that are known and wait for a feature of Bolide's.
public final class NotYet {
    private NotYet() {}

    /// @return the missing feature of each name
    public static Map<String, String> features() {
        Map<String, String> missing = new LinkedHashMap<>();
        missing.put("transactions", "transactions");
        missing.put("pop", "POP consumption");
        missing.put("delayed", "delayed messages");
        missing.put("consume-sql", "SQL filters");
        missing.put("grpc-send", "gRPC door");
        missing.put("grpc-receive", "gRPC door");
        missing.put("replication", "replication");
        return missing;
    }

    /// @return what to say when such a workload is asked for
    public static String shown(String name, String feature, boolean json) {
        return json
                ? "{\"name\":\"%s\",\"not_yet\":\"Bolide has no %s\"}".formatted(name, feature)
                : name + ": not yet: Bolide has no " + feature;
    }
}
