package bolide.benchmarks.index;

/// A question for the messages with a key.
///
/// @param kind `U` for the key that the producer's client made, `K` for one of the application's,
///   `T` for a tag
/// @param most how many at most
/// @param begin the earliest store time, milliseconds
/// @param end the latest
record KeyQuery(String topic, String key, char kind, int most, long begin, long end) {
    private static final String SEPARATOR = "\t";

    static KeyQuery ofLine(String line) {
        String[] parts = line.split(SEPARATOR, -1);
        return new KeyQuery(
                parts[0],
                parts[1],
                parts[2].charAt(0),
                Integer.parseInt(parts[3]),
                Long.parseLong(parts[4]),
                Long.parseLong(parts[5]));
    }

    String toLine() {
        return String.join(
                SEPARATOR,
                topic,
                key,
                String.valueOf(kind),
                String.valueOf(most),
                String.valueOf(begin),
                String.valueOf(end));
    }
}
