package bolide.broker.group;

import static java.util.stream.Collectors.joining;

import bolide.protocol.group.Subscription;
import bolide.protocol.text.Excerpt;
import bolide.remoting.Connection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/// The members of one consumer group that are online, and in what they do not agree. Owner:
/// [Members], under its lock. What a member costs does not depend on how many there are.
final class ConsumerGroup {
    private static final int MOST_NAMED = 5;
    private static final int MOST_COMPARED = 64;
    private static final int MOST_SENTENCES = 32;
    private static final String NOTHING = "nothing";

    private final Map<Connection, Member> members = new LinkedHashMap<>();
    private final Map<Statement, Map<Connection, Member>> byStatement = new HashMap<>();
    private Set<Statement> reported = Set.of();

    Collection<Member> members() {
        return members.values();
    }

    boolean isEmpty() {
        return members.isEmpty();
    }

    Optional<Member> find(Connection connection) {
        return Optional.ofNullable(members.get(connection));
    }

    /// @return whether that changes the group
    boolean put(Member member) {
        Member before = members.put(member.connection(), member);
        if (before != null && !before.statement().equals(member.statement())) {
            forgetStatement(before);
        }
        byStatement
                .computeIfAbsent(member.statement(), statement -> new LinkedHashMap<>())
                .put(member.connection(), member);
        return before == null || !before.saysTheSameAs(member);
    }

    /// @return whether there was one
    boolean remove(Connection connection) {
        Member member = members.remove(connection);
        if (member != null) {
            forgetStatement(member);
        }
        return member != null;
    }

    /// @return whether there were any
    boolean removeIf(Predicate<Member> isGone) {
        List<Member> gone = members.values().stream().filter(isGone).toList();
        gone.forEach(member -> remove(member.connection()));
        return !gone.isEmpty();
    }

    private void forgetStatement(Member member) {
        byStatement.computeIfPresent(
                member.statement(),
                (statement, alike) -> {
                    alike.remove(member.connection());
                    return alike.isEmpty() ? null : alike;
                });
    }

    /// @return for each topic what the newest subscription to it says, by topic
    SortedMap<String, Subscription> newestSubscriptions() {
        SortedMap<String, Subscription> newest = new TreeMap<>();
        for (Member member : members.values()) {
            for (Subscription subscription : member.data().subscriptions()) {
                newest.merge(
                        subscription.topic(),
                        subscription,
                        (one, other) -> other.version() > one.version() ? other : one);
            }
        }
        return newest;
    }

    /// @return the member that spoke last
    Member newest() {
        return members.values().stream()
                .max(Comparator.comparingLong(Member::seenNanos))
                .orElseThrow();
    }

    /// @return a sentence for each thing that members say differently; none when they agree. Of
    ///   very many a part
    List<String> differences() {
        List<String> sentences = new ArrayList<>();
        if (byStatement.size() < 2) {
            return sentences;
        }
        List<Statement> statements = byStatement.keySet().stream().limit(MOST_COMPARED).toList();
        Set<String> things = new TreeSet<>();
        statements.forEach(statement -> things.addAll(statement.wishes().keySet()));
        for (String thing : things) {
            SortedMap<String, Set<String>> sayers = sayersOf(thing, statements);
            if (sayers.size() > 1 && sentences.size() < MOST_SENTENCES) {
                sentences.add(sentence(thing, sayers));
            }
        }
        return sentences;
    }

    private SortedMap<String, Set<String>> sayersOf(String thing, List<Statement> statements) {
        SortedMap<String, Set<String>> sayers = new TreeMap<>();
        for (Statement statement : statements) {
            Set<String> ids =
                    sayers.computeIfAbsent(
                            statement.wishes().getOrDefault(thing, NOTHING),
                            wish -> new TreeSet<>());
            for (Member member : byStatement.get(statement).values()) {
                ids.add(member.client().clientId());
            }
        }
        return sayers;
    }

    private static String sentence(String thing, SortedMap<String, Set<String>> sayers) {
        StringJoiner sentence = new StringJoiner("; ", Excerpt.of(thing) + ": ", "");
        sayers.forEach((wish, ids) -> sentence.add(Excerpt.of(wish) + " by " + named(ids)));
        return sentence.toString();
    }

    private static String named(Set<String> ids) {
        String first = ids.stream().limit(MOST_NAMED).map(Excerpt::of).collect(joining(", "));
        return ids.size() > MOST_NAMED
                ? first + " and " + (ids.size() - MOST_NAMED) + " more"
                : first;
    }

    /// @return what members say differently, if that is not what the last call found; an empty list
    ///   when they agree again
    Optional<List<String>> newDifferences() {
        Set<Statement> said =
                byStatement.size() < 2 ? Set.of() : new HashSet<>(byStatement.keySet());
        if (said.equals(reported)) {
            return Optional.empty();
        }
        reported = said;
        return Optional.of(differences());
    }
}
