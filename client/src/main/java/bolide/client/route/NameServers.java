package bolide.client.route;

import bolide.protocol.frame.Frame;
import bolide.protocol.frame.ResponseCode;
import bolide.remoting.RemotingClient;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The name servers, of which one is asked as long as it answers. They do not know of each other, so
 * what one has not heard of another may know.
 */
public final class NameServers {
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private final List<String> addresses;
    private final RemotingClient remoting;
    private final AtomicInteger current;

    /**
     * @param addresses {@code host:port} each
     * @param first index of the one to begin with; clients begin with different ones
     */
    public NameServers(List<String> addresses, int first, RemotingClient remoting) {
        this.addresses = List.copyOf(addresses);
        this.remoting = remoting;
        this.current = new AtomicInteger(Math.floorMod(first, addresses.size()));
    }

    /**
     * @param list addresses separated by semicolons
     * @throws IllegalArgumentException when there is none
     */
    public static List<String> parse(String list) {
        List<String> addresses =
                Arrays.stream(list.split(";"))
                        .map(String::trim)
                        .filter(address -> !address.isEmpty())
                        .distinct()
                        .toList();
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException(
                    "no name server is named; give host:port, several separated by ';'");
        }
        return addresses;
    }

    /**
     * Asks one after the other until one answers with success.
     *
     * @return the answer; without success the first refusal; failed when nobody answered
     */
    public CompletableFuture<Frame> ask(Frame request) {
        CompletableFuture<Frame> result = new CompletableFuture<>();
        ask(request, current.get(), 0, Optional.empty(), result);
        return result;
    }

    private void ask(
            Frame request,
            int index,
            int asked,
            Optional<Frame> refusal,
            CompletableFuture<Frame> result) {
        remoting.request(addresses.get(index), request, TIMEOUT)
                .whenComplete((answer, failure) -> {
                    if (failure == null && answer.code() == ResponseCode.SUCCESS) {
                        current.set(index);
                        result.complete(answer);
                        return;
                    }
                    Optional<Frame> first =
                            refusal.isPresent() ? refusal : Optional.ofNullable(answer);
                    if (asked + 1 < addresses.size()) {
                        int next = (index + 1) % addresses.size();
                        ask(request, next, asked + 1, first, result);
                    } else if (first.isPresent()) {
                        result.complete(first.get());
                    } else {
                        result.completeExceptionally(Failures.cause(failure));
                    }
                });
    }

    @Override
    public String toString() {
        return String.join(";", addresses);
    }
}
