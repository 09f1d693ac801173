package bolide.nameserver.tcp;

import bolide.nameserver.config.LiveConfig;
import bolide.nameserver.config.Switch;
import bolide.nameserver.route.MinBrokerNotices;
import bolide.protocol.route.MinBrokerChange;
import bolide.remoting.RemotingClient;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells brokers in other processes, one-way and where they say they listen, if that is wanted.
public final class RemoteNotices implements MinBrokerNotices {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteNotices.class);

    private final LiveConfig config;
    private final RemotingClient client;
    private final Executor threads;

    /// @param threads runs what may wait, which looking up a host may
    public RemoteNotices(LiveConfig config, RemotingClient client, Executor threads) {
        this.config = config;
        this.client = client;
        this.threads = threads;
    }

    @Override
    public void tell(List<String> addresses, MinBrokerChange change) {
        if (!config.now().isOn(Switch.MIN_BROKER_NOTICE) || addresses.isEmpty()) {
            return;
        }
        try {
            threads.execute(
                    () -> addresses.forEach(address -> client.oneWay(address, change.encode())));
        } catch (RejectedExecutionException stopping) {
            LOG.debug("{} are not told of {}: this server stops", addresses, change);
        }
    }
}
