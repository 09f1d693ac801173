package bolide.nameserver.route;

import bolide.protocol.route.MinBrokerChange;
import java.util.List;

/// Takes word to the brokers of a name that another of them has the lowest id now.
public interface MinBrokerNotices {
    /// Must not wait: the route table is locked meanwhile.
    ///
    /// @param addresses `host:port` of those who are to know
    void tell(List<String> addresses, MinBrokerChange change);
}
