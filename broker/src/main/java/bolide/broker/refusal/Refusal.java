package bolide.broker.refusal;

/// Why a request is not done: expected, and therefore a value.
///
/// @param reason what kind of obstacle
/// @param detail one sentence for people: cause, value, limit and remedy
public record Refusal(Reason reason, String detail) {
    /// The kinds of obstacles; each door has a code of its own for each.
    public enum Reason {
        /// A name or number in the request is outside of what is allowed.
        INVALID_PARAMETER,
        /// The message's content cannot be taken.
        MESSAGE_ILLEGAL,
        /// The topic, or the broker, does not allow this.
        NO_PERMISSION,
        TOPIC_UNKNOWN,
        GROUP_UNKNOWN,
        /// Nobody who consumes for the group is connected.
        GROUP_OFFLINE,
        SUBSCRIPTION_UNKNOWN,
        SUBSCRIPTION_OUTDATED,
        SUBSCRIPTION_UNPARSABLE,
        FILTER_UNSUPPORTED,
        NOT_FOUND,
        /// No message is as it was asked for.
        NO_MESSAGE,
        /// The group has never committed an offset in that queue.
        NO_OFFSET,
        /// The client that was asked did not answer in time.
        CLIENT_SILENT,
        /// This broker does not do that; the request's number is known, though.
        NOT_OFFERED,
        /// Too much of this kind is under way; trying again helps.
        BUSY,
        /// What is stored there is not what was written.
        DAMAGED,
        /// The log takes nothing at present.
        STORE_UNAVAILABLE
    }

    public static Refusal of(Reason reason, String detail) {
        return new Refusal(reason, detail);
    }
}
