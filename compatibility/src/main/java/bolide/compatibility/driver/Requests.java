package bolide.compatibility.driver;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.rocketmq.remoting.RPCHook;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;

/** Takes note of what the clients of this process ask, and in which form. */
final class Requests implements RPCHook {
    /** The one of this process. */
    static final Requests SEEN = new Requests();

    private static final int FROM_THE_SERVER = 40; // the ids of a group's members have changed
    private static final Set<Integer> PULLS = Set.of(11, 361);

    private final ConcurrentSkipListSet<Integer> codes = new ConcurrentSkipListSet<>();
    private final ConcurrentSkipListSet<String> forms = new ConcurrentSkipListSet<>();
    private final AtomicInteger pulls = new AtomicInteger();

    private Requests() {}

    /** Reports {@code requests}: all codes, and all forms of headers. */
    void report(Stage stage) {
        stage.saw("requests", "codes", joined(codes), "headers", joined(forms));
    }

    /** How many pulls there have been. */
    int pulls() {
        return pulls.get();
    }

    @Override
    public void doBeforeRequest(String address, RemotingCommand request) {
        if (request.getCode() != FROM_THE_SERVER) {
            codes.add(request.getCode());
            forms.add(request.getSerializeTypeCurrentRPC().name());
        }
        if (PULLS.contains(request.getCode())) {
            pulls.incrementAndGet();
        }
    }

    @Override
    public void doAfterResponse(String address, RemotingCommand request, RemotingCommand response) {
        // what was answered is the scenarios' matter
    }

    private static String joined(Iterable<?> values) {
        TreeSet<String> texts = new TreeSet<>();
        values.forEach(value -> texts.add(value.toString()));
        return String.join(" ", texts);
    }
}
