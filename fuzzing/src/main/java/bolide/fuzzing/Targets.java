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

    /// A target that is made when it is needed.
    record Named(String name, Supplier<Target> maker) {}

    private Targets() {}

    /// @return the targets by the module that they belong to
    static SortedMap<String, List<Named>> byModule() {
        SortedMap<String, List<Named>> all = new TreeMap<>();
        for (String name : Classes.below(ROOT)) {
            if (!name.startsWith(Targets.class.getPackageName())) {
                addDecoders(type(name), all);
            }
        }
        add(all, "remoting", "connection", StreamTarget::new);
        add(all, "store", "log", FileTarget::log);
        add(all, "store", "index file", FileTarget::index);
        add(all, "store", "snapshot", FileTarget::snapshot);
        for (String file :
                List.of("topics.json", "subscriptionGroup.json", "consumerOffset.json")) {
            add(all, "store", file, () -> FileTarget.apache(file));
        }
        return all;
    }

    private static void addDecoders(Class<?> type, SortedMap<String, List<Named>> all) {
        Arrays.stream(type.getDeclaredMethods())
                .filter(DecoderTarget::isDecoder)
                .sorted(Comparator.comparing(Method::toString)) // an input means the same each time
                .forEach(method ->
                        add(
                                all,
                                type.getName().split("\\.")[1],
                                type.getSimpleName() + "." + method.getName(),
                                () -> new DecoderTarget(method)));
    }

    private static void add(
            SortedMap<String, List<Named>> all,
            String module,
            String name,
            Supplier<Target> maker) {
        all.computeIfAbsent(module, first -> new ArrayList<>()).add(new Named(name, maker));
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name, false, Targets.class.getClassLoader());
        } catch (ClassNotFoundException gone) {
            throw new IllegalStateException(gone);
        }
    }
}
