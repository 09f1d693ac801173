package bolide.app.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.app.server.Ask;
import bolide.app.server.Peer;
import bolide.app.server.RunningServer;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.RequestCode;
import bolide.protocol.frame.ResponseCode;
import bolide.protocol.route.TopicList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// A server under attack, and everything that must not be harmed: a decent client, the files around
/// the data directory, and the server itself.
final class Siege implements AutoCloseable {
    private static final String OWN_FILES =
            "lock|bolide\\.pid|flushed|spare(/(segment|reserve(-unready)?)(\\.new)?)?"
                    + "|nameserver(/(kvConfig\\.json(\\.new)?|lock|bolide\\.pid))?"
                    + "|(commitlog|index|snapshot)(/[0-9]{20}(\\.new)?)?";
    private static final int LONGEST_REMARK = 400;

    private final Path around;
    private final Path data;
    private final SortedMap<String, String> before;
    private final ErrorLog errors = new ErrorLog();
    private final RunningServer server;
    private final Bystander bystander;

    /// @param around a directory of the test's own
    Siege(Path around) {
        this(around, Map.of());
    }

    /// @param settings of the server, by key
    Siege(Path around, Map<String, String> settings) {
        this.around = around;
        this.data = around.resolve("deep").resolve("data");
        layBait();
        this.before = outside();
        Map<String, String> all = new TreeMap<>(settings);
        all.put("port", "0");
        this.server = new RunningServer(data, all);
        this.bystander = new Bystander(server.address());
        try (Peer peer = peer()) {
            assertThat(peer.ask(Ask.createTopic(Examples.TOPIC, 4)).code()).isZero();
        }
    }

    private void layBait() {
        try {
            Files.createDirectories(data.getParent().resolve("neighbour"));
            Files.writeString(around.resolve("x"), "bait");
            Files.writeString(data.getParent().resolve("neighbour").resolve("x"), "bait");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    Path data() {
        return data;
    }

    Peer peer() {
        return server.peer();
    }

    /// @return the topics that the name server knows
    SortedSet<String> topics() {
        try (Peer peer = peer()) {
            int code = RequestCode.GET_ALL_TOPIC_LIST_FROM_NAMESERVER;
            Frame answer = peer.ask(Examples.all().get(code));
            return new TreeSet<>(TopicList.decode(answer.body()).topics());
        }
    }

    /// Nobody and nothing else has been harmed.
    void assertUnharmed() {
        bystander.assertServed();
        assertThat(server.failures()).as("what would have ended the server").isEmpty();
        assertThat(errors.lines()).as("logged errors").isEmpty();
        assertThat(outside()).as("files outside of the data directory").isEqualTo(before);
        assertThat(inside()).as("files of the server").allMatch(name -> name.matches(OWN_FILES));
    }

    /// Every answer can be shown to people as it is.
    static void assertDecent(Frame answer) {
        assertThat(answer.isResponse()).isTrue();
        String remark = answer.remark();
        assertThat(remark).doesNotContain("the server failed on this request");
        assertThat(answer.code() == ResponseCode.SYSTEM_ERROR && remark.isEmpty()).isFalse();
        assertThat(remark).hasSizeLessThanOrEqualTo(LONGEST_REMARK);
        assertThat(remark).doesNotContainPattern("\\p{Cntrl}");
    }

    private SortedMap<String, String> outside() {
        SortedMap<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(around)) {
            for (Path file :
                    (Iterable<Path>) all.filter(path -> !path.startsWith(data))::iterator) {
                files.put(
                        around.relativize(file).toString(),
                        Files.isDirectory(file) ? "directory" : Files.readString(file));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return files;
    }

    private SortedSet<String> inside() {
        SortedSet<String> names = new TreeSet<>();
        try (Stream<Path> all = Files.walk(data)) {
            all.filter(path -> !path.equals(data))
                    .forEach(path -> names.add(data.relativize(path).toString()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return names;
    }

    @Override
    public void close() {
        bystander.close();
        server.close();
        errors.close();
    }
}
