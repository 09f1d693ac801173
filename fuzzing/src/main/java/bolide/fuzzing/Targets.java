package bolide.fuzzing;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Everything that is fuzzed. Decoders are found by what they look like, so that none can be
/// forgotten; what reads bytes in another way is named here.
final class Targets {
    private static final String ROOT = "bolide";
    private static final double SHARE_OF_FIELDS = 0.2; // there is little to find
    private static final int MOST_OF_GROUP = 10; // fewer: more starts; more: cores idle in the end

    /// A target that is made when it is needed.
    ///
    /// @param share of the time that a target gets
    record Named(String name, double share, Supplier<Target> maker) {
        Named(String name, Supplier<Target> maker) {
            this(name, 1, maker);
        }
    }

    private Targets() {}

    /// @return all, in groups that share a JVM
    static SortedMap<String, List<Named>> groups() {
        SortedMap<String, List<Named>> groups = new TreeMap<>();
        List<Named> all = all();
        for (int from = 0; from < all.size(); from += MOST_OF_GROUP) {
            int to = Math.min(from + MOST_OF_GROUP, all.size());
            groups.put("group-%02d".formatted(groups.size() + 1), all.subList(from, to));
        }
        return groups;
    }

    private static List<Named> all() {
        List<Named> all = new ArrayList<>();
        all.add(new Named("a connection", StreamTarget::new));
        all.add(new Named("a log", FileTarget::log));
        all.add(new Named("an index file", FileTarget::index));
        all.add(new Named("a snapshot", FileTarget::snapshot));
        for (String file :
                List.of("topics.json", "subscriptionGroup.json", "consumerOffset.json")) {
            all.add(new Named("Apache's " + file, () -> FileTarget.apache(file)));
        }
        for (String name : Classes.below(ROOT)) {
            if (!name.startsWith(Targets.class.getPackageName())) {
                all.addAll(decoders(type(name)));
            }
        }
        return all;
    }

    private static List<Named> decoders(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(DecoderTarget::isDecoder)
                .sorted(Comparator.comparing(Method::toString)) // an input means the same each time
                .map(method ->
                        new Named(
                                type.getSimpleName() + "." + method.getName(),
                                DecoderTarget.looksUpFields(method) ? SHARE_OF_FIELDS : 1,
                                () -> new DecoderTarget(method)))
                .toList();
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name, false, Targets.class.getClassLoader());
        } catch (ClassNotFoundException gone) {
            throw new IllegalStateException(gone);
        }
    }
}
