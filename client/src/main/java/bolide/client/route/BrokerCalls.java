package bolide.client.route;

import bolide.protocol.frame.Frame;
import bolide.protocol.frame.ResponseCode;
import bolide.remoting.RemotingClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Short questions to brokers, for which only success is an answer. */
public final class BrokerCalls {
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private final RemotingClient remoting;

    public BrokerCalls(RemotingClient remoting) {
        this.remoting = remoting;
    }

    /**
     * @param asked what is asked, for people
     * @return the answer; failed with {@link BrokerException} when it is a refusal, or with {@link
     *     bolide.remoting.NetworkException} when there is none
     */
    public CompletableFuture<Frame> ask(String asked, String address, Frame request) {
        return remoting.request(address, request, TIMEOUT)
                .thenApply(answer -> {
                    if (answer.code() != ResponseCode.SUCCESS) {
                        throw new BrokerException(asked, address, answer);
                    }
                    return answer;
                });
    }
}
