package bolide.benchmarks.load;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What one client does how.
///
/// @param settings those that are not as usual
public record LoadPlan(LoadKind kind, Map<LoadSetting, Long> settings) {
    public LoadPlan {
        settings = Map.copyOf(settings);
    }

    public static LoadPlan of(LoadKind kind) {
        return new LoadPlan(kind, Map.of());
    }

    /// @param words what [#toArguments] gave
    public static LoadPlan ofArguments(List<String> words) {
        LoadPlan plan = of(LoadKind.valueOf(words.getFirst()));
        for (String word : words.subList(1, words.size())) {
            int at = word.indexOf('=');
            plan =
                    plan.with(
                            LoadSetting.valueOf(word.substring(0, at)),
                            Long.parseLong(word.substring(at + 1)));
        }
        return plan;
    }

    public List<String> toArguments() {
        List<String> words = new ArrayList<>(List.of(kind.name()));
        settings.forEach((setting, value) -> words.add(setting + "=" + value));
        return words;
    }

    public LoadPlan with(LoadSetting setting, long value) {
        Map<LoadSetting, Long> changed = new EnumMap<>(LoadSetting.class);
        changed.putAll(settings);
        changed.put(setting, value);
        return new LoadPlan(kind, changed);
    }

    public long get(LoadSetting setting) {
        return settings.getOrDefault(setting, setting.usual());
    }

    int count(LoadSetting setting) {
        return Math.toIntExact(get(setting));
    }

    /// @return the names of its topics
    List<String> topics() {
        List<String> topics = new ArrayList<>();
        for (int i = 0; i < get(LoadSetting.TOPICS); i++) {
            topics.add("bench-" + i);
        }
        return topics;
    }

    /// @return the tag of its message of that number
    String tag(long number) {
        return "tag" + number % get(LoadSetting.TAGS);
    }
}
