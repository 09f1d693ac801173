package bolide.nameserver.route;

/// What became of a broker's registration.
public sealed interface RegistrationOutcome {
    /// @param masterAddress `host:port` of the master to a slave; empty when there is none, or to
    ///   the master itself
    /// @param haAddress where that master's log is fetched; empty likewise
    record Registered(String masterAddress, String haAddress) implements RegistrationOutcome {}

    /// The broker is not known and names one topic only, which can hardly be all it holds: it has
    /// to register with all of them first.
    record Incomplete(String detail) implements RegistrationOutcome {}

    /// The broker was superseded: another one holds its place in a later state.
    record Outdated(String detail) implements RegistrationOutcome {}
}
