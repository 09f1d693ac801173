package bolide.benchmarks.server;

import bolide.benchmarks.process.Peers;
import java.io.IOException;
import java.util.Locale;

/// Whose server is measured.
public enum ServerKind {
    BOLIDE,
    APACHE,
    KAFKA,
    FLOOR;

    public MeasuredServer make(ServerSettings settings) throws IOException {
        return switch (this) {
            case BOLIDE -> new BolideServer(settings);
            case APACHE -> new ApacheServer(settings);
            case KAFKA -> new KafkaServer(settings);
            case FLOOR -> new FloorServer(settings);
        };
    }

    /// @return its name on the command line
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// @return its name in a table
    public String shown() throws IOException {
        return switch (this) {
            case BOLIDE -> "Bolide";
            case APACHE -> "Apache " + Peers.version("apache");
            case KAFKA -> "Kafka " + Peers.version("kafka");
            case FLOOR -> "floor";
        };
    }
}
