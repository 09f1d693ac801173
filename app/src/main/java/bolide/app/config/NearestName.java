package bolide.app.config;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;

/// Finds what somebody may have meant: the name with the fewest letters to change.
final class NearestName {
    private NearestName() {}

    /// @param names at least one
    static String to(String given, Collection<String> names) {
        return names.stream()
                .min(
                        Comparator.comparingInt((String name) -> changes(given, name))
                                .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
    }

    private static int changes(String from, String to) {
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
