package bolide.store.index;

/// Which of a message's texts a key is.
public enum KeyKind {
    /// The one its producer's client made up.
    UNIQUE,
    /// Any of those its application gave it.
    KEY,
    /// Its tag.
    TAG
}
