package bolide.cli;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Finds what somebody may have meant: the name with the fewest letters to change, small and large
/// ones counting the same.
public final class NearestName {
    private NearestName() {}

    /// @param names at least one
    static String to(String given, Collection<String> names) {
        return names.stream()
                .min(
                        Comparator.comparingInt((String name) -> changes(given, name))
                                .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
    }

    /// @param names at least one
    /// @return the nearest; empty when more than half of its letters would have to change
    public static Optional<String> near(String given, Collection<String> names) {
        String nearest = to(given, names);
        return 2 * changes(given, nearest) <= nearest.length()
                ? Optional.of(nearest)
                : Optional.empty();
    }

    private static int changes(String given, String name) {
        String from = given.toLowerCase(Locale.ROOT);
        String to = name.toLowerCase(Locale.ROOT);
        int[] row = new int[to.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
