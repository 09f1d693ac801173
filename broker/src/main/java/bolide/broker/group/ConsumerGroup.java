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
        if (byStatement.size() < 2) {
            return List.of();
        }
        List<Statement> statements = byStatement.keySet().stream().limit(MOST_COMPARED).toList();
        SortedMap<String, String> sentences = new TreeMap<>(); // by what they are about
        Set<String> compared = new HashSet<>();
        for (Statement statement : statements) {
            for (String thing : statement.wishes().keySet()) {
                if (sentences.size() == MOST_SENTENCES) {
                    return List.copyOf(sentences.values());
                }
                if (compared.add(thing) && !isAgreed(thing, statements)) {
                    sentences.put(thing, sentence(thing, statements));
                }
            }
        }
        return List.copyOf(sentences.values());
    }

    private static boolean isAgreed(String thing, List<Statement> statements) {
        String first = wish(thing, statements.getFirst());
        return statements.stream().allMatch(statement -> wish(thing, statement).equals(first));
    }

    private static String wish(String thing, Statement statement) {
        return statement.wishes().getOrDefault(thing, NOTHING);
    }

    private String sentence(String thing, List<Statement> statements) {
        SortedMap<String, List<Statement>> byWish = new TreeMap<>();
        for (Statement statement : statements) {
            byWish.computeIfAbsent(wish(thing, statement), wish -> new ArrayList<>())
                    .add(statement);
        }
        StringJoiner sentence = new StringJoiner("; ", Excerpt.of(thing) + ": ", "");
        byWish.forEach((wish, alike) -> sentence.add(Excerpt.of(wish) + " by " + sayers(alike)));
        return sentence.toString();
    }

    /// @return a few of those who make one of the statements, and the number of the others
    private String sayers(List<Statement> statements) {
        List<String> few =
                statements.stream()
                        .flatMap(statement -> byStatement.get(statement).values().stream())
                        .limit(MOST_NAMED)
                        .map(member -> member.client().clientId())
                        .toList();
        int all = statements.stream().mapToInt(alike -> byStatement.get(alike).size()).sum();
        String named = few.stream().distinct().sorted().map(Excerpt::of).collect(joining(", "));
        return all > few.size() ? named + " and " + (all - few.size()) + " more" : named;
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
