package bolide.benchmarks.index;

/// A message to be found by its keys.
///
/// @param number which one of all; its body
/// @param time the store time, milliseconds
/// @param sysFlag of its transaction, if any
/// @param properties as they are stored
record KeyedMessage(int number, String topic, long time, int sysFlag, String properties) {
    private static final String SEPARATOR = "\t";

    static KeyedMessage ofLine(String line) {
        String[] parts = line.split(SEPARATOR, -1);
        return new KeyedMessage(
                Integer.parseInt(parts[0]),
                parts[1],
                Long.parseLong(parts[2]),
                Integer.parseInt(parts[3]),
                parts[4]);
    }

    String toLine() {
        return String.join(
                SEPARATOR,
                String.valueOf(number),
                topic,
                String.valueOf(time),
                String.valueOf(sysFlag),
                properties);
    }

    String body() {
        return String.valueOf(number);
    }
}
