package bolide.app.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Packages that cannot be understood one after the other, because each leads to the others.
/// ArchUnit 1.5.0 looks for cycles, too, but overlooks some when there are several.
final class PackageCycles {
    private final String root;
    private final SortedMap<String, SortedSet<String>> arrows = new TreeMap<>();

    private PackageCycles(String root, Iterable<JavaClass> classes) {
        this.root = root + ".";
        for (JavaClass type : classes) {
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                add(type.getPackageName(), dependency.getTargetClass().getPackageName());
            }
        }
    }

    /// @return the packages of each tangle, below the root and joined by spaces
    static SortedSet<String> of(String root, Iterable<JavaClass> classes) {
        PackageCycles graph = new PackageCycles(root, classes);
        SortedSet<String> tangles = new TreeSet<>();
        for (String start : graph.arrows.keySet()) {
            SortedSet<String> tangle = graph.reachableFrom(start);
            tangle.removeIf(other -> !graph.reachableFrom(other).contains(start));
            if (!tangle.isEmpty()) {
                tangles.add(String.join(" ", tangle));
            }
        }
        return tangles;
    }

    private void add(String from, String to) {
        if (from.startsWith(root) && to.startsWith(root) && !from.equals(to)) {
            arrows.computeIfAbsent(from.substring(root.length()), name -> new TreeSet<>())
                    .add(to.substring(root.length()));
        }
    }

    /// @return what lies behind the arrows; with the start itself only when they lead back to it
    private SortedSet<String> reachableFrom(String start) {
        SortedSet<String> found = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>();
        open.add(start);
        while (!open.isEmpty()) {
            for (String next : arrows.getOrDefault(open.remove(), new TreeSet<>())) {
                if (found.add(next)) {
                    open.add(next);
                }
            }
        }
        return found;
    }
}
