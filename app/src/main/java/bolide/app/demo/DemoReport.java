package bolide.app.demo;

import java.util.Locale;

/// What the demo found.
///
/// @param messages how many were sent
/// @param received how many different ones came back whole
/// @param duplicates how many came more than once
/// @param missing how many did not come back whole
/// @param outOfOrder how many came after a later one of their queue
/// @param sendPerSecond messages acknowledged per second
/// @param receivePerSecond messages consumed per second
/// @param p50Millis median time from sending a message to its acknowledgement
/// @param p99Millis 99th percentile of the same
/// @param startMillis from the start of the process to the first acknowledged message
public record DemoReport(
        long messages,
        long received,
        long duplicates,
        long missing,
        long outOfOrder,
        double sendPerSecond,
        double receivePerSecond,
        double p50Millis,
        double p99Millis,
        long startMillis) {

    public String toJson() {
        return String.format(
                Locale.ROOT,
                "{\"messages\":%d,\"received\":%d,\"duplicates\":%d,\"missing\":%d,"
                        + "\"out_of_order\":%d,\"send_per_s\":%.0f,\"receive_per_s\":%.0f,"
                        + "\"p50_ms\":%.3f,\"p99_ms\":%.3f,\"start_ms\":%d}",
                messages,
                received,
                duplicates,
                missing,
                outOfOrder,
                sendPerSecond,
                receivePerSecond,
                p50Millis,
                p99Millis,
                startMillis);
    }

    /// @return a few lines for people
    public String toTable() {
        return String.format(
                Locale.ROOT,
                """
                messages        %,12d
                received        %,12d   each body compared
                duplicates      %,12d
                missing         %,12d
                out of order    %,12d   within their queue
                sent            %,12.0f /s
                consumed        %,12.0f /s
                acknowledged in %12.3f ms median, %.3f ms at the 99th percentile
                first message   %,12d ms after the start of the process
                """,
                messages,
                received,
                duplicates,
                missing,
                outOfOrder,
                sendPerSecond,
                receivePerSecond,
                p50Millis,
                p99Millis,
                startMillis);
    }
}
