package bolide.benchmarks.compare.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// One side doing one thing in one process.
///
/// @param settings those that are not as usual
record Trial(Side side, Workload workload, Map<Setting, Long> settings) {
    Trial {
        settings = Map.copyOf(settings);
    }

    static Trial of(Side side, Workload workload) {
        return new Trial(side, workload, Map.of());
    }

    /// @param words what [#toArguments] gave
    static Trial ofArguments(List<String> words) {
        Trial trial = of(Side.valueOf(words.get(0)), Workload.valueOf(words.get(1)));
        for (String word : words.subList(2, words.size())) {
            int at = word.indexOf('=');
            Setting setting = Setting.valueOf(word.substring(0, at));
            trial = trial.with(setting, Long.parseLong(word.substring(at + 1)));
        }
        return trial;
    }

    List<String> toArguments() {
        List<String> words = new ArrayList<>(List.of(side.name(), workload.name()));
        settings.forEach((setting, value) -> words.add(setting + "=" + value));
        return words;
    }

    Trial with(Setting setting, long value) {
        Map<Setting, Long> changed = new EnumMap<>(Setting.class);
        changed.putAll(settings);
        changed.put(setting, value);
        return new Trial(side, workload, changed);
    }

    long get(Setting setting) {
        return settings.getOrDefault(setting, setting.usual());
    }

    Topics topics() {
        return new Topics(
                Math.toIntExact(get(Setting.TOPICS)), Math.toIntExact(get(Setting.QUEUES)));
    }

    StoreSettings store(Path directory) {
        return new StoreSettings(
                directory, get(Setting.SYNC) == 1, get(Setting.SEGMENT_BYTES), topics());
    }
}
