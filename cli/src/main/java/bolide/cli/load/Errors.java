package bolide.cli.load;

import java.util.SortedMap;
import java.util.TreeMap;

/// What went wrong, counted by kind. For any thread.
final class Errors {
    private final SortedMap<String, Kind> kinds = new TreeMap<>();

    synchronized void add(String kind, long count, String text) {
        Kind known = kinds.getOrDefault(kind, new Kind(0, text));
        kinds.put(kind, new Kind(known.count + count, known.first));
    }

    synchronized long count() {
        return kinds.values().stream().mapToLong(Kind::count).sum();
    }

    /// @return by what they are called, in the order of that
    synchronized SortedMap<String, Kind> kinds() {
        return new TreeMap<>(kinds);
    }

    /// @param count how many of its kind
    /// @param first what the first of them said
    record Kind(long count, String first) {}
}
