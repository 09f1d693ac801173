package bolide.store.state;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/// All facts that hold, folded from the state records of the log in their order. Owner: recovery,
/// then [StateLog].
public final class StateTable {
    private static final long NOWHERE = -1;

    private record Name(StateKind kind, String key) {}

    /// In the order of their positions.
    private final LinkedHashMap<Name, Fact> facts = new LinkedHashMap<>();

    private long newestPosition = NOWHERE;

    /// Folds a change, unless something newer is known: a snapshot tells of changes behind its own
    /// position, too.
    ///
    /// @param position of the record that holds the change, which no earlier call exceeded
    public void apply(StateChange change, long position) {
        Name name = new Name(change.kind(), change.key());
        newestPosition = position;
        Fact held = facts.get(name);
        if (held != null && held.position() > position) {
            return;
        }
        facts.remove(name);
        if (!change.removed()) {
            facts.put(name, new Fact(change.kind(), change.key(), change.value(), position));
        } else if (change.kind().equals(StateKind.TOPIC)) {
            facts.remove(new Name(StateKind.QUEUE_ENDS, change.key()));
        }
    }

    /// Takes over a fact from a snapshot.
    public void restore(Fact fact) {
        facts.put(new Name(fact.kind(), fact.key()), fact);
    }

    /// @return the position of the record that was applied last; negative when none was
    long newestPosition() {
        return newestPosition;
    }

    /// Puts the facts into the order of their positions, which those of a snapshot may not be in.
    void putInOrder() {
        List<Fact> inOrder = new ArrayList<>(facts.values());
        inOrder.sort(Comparator.comparingLong(Fact::position));
        facts.clear();
        inOrder.forEach(this::restore);
    }

    /// @return null when there is no such fact
    Fact find(StateKind kind, String key) {
        return facts.get(new Name(kind, key));
    }

    /// @return the fact, if it holds
    public Optional<Fact> known(StateKind kind, String key) {
        return Optional.ofNullable(find(kind, key));
    }

    boolean has(StateKind kind) {
        return facts.keySet().stream().anyMatch(name -> name.kind().equals(kind));
    }

    /// @return up to so many facts of the lowest positions, and only such as lie below one
    List<Fact> oldest(long below, int most) {
        List<Fact> oldest = new ArrayList<>();
        for (Fact fact : facts.values()) {
            if (fact.position() >= below || oldest.size() == most) {
                break;
            }
            oldest.add(fact);
        }
        return oldest;
    }

    List<Fact> all() {
        return List.copyOf(facts.values());
    }

    /// Forgets a fact that follows from the rest of the log.
    void drop(Fact fact) {
        facts.remove(new Name(fact.kind(), fact.key()));
    }

    /// Shows every fact of that kind in the order of its key. Only before the first record is
    /// appended.
    public void forEach(StateKind kind, BiConsumer<String, byte[]> action) {
        facts.values().stream()
                .filter(fact -> fact.kind().equals(kind))
                .sorted(Comparator.comparing(Fact::key))
                .forEach(fact -> action.accept(fact.key(), fact.value()));
    }
}
