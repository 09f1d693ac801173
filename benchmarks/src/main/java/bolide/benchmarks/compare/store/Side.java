package bolide.benchmarks.compare.store;

/// Whose store is measured.
enum Side {
    BOLIDE,
    APACHE;

    /// Only in a JVM that has this side's class path.
    ///
    /// @return the store, with everything it held ready to be read
    StoreUnderTest open(StoreSettings settings) throws Exception {
        return switch (this) {
            case BOLIDE -> new BolideStore(settings);
            case APACHE -> new ApacheStore(settings);
        };
    }

    String shown() {
        return this == BOLIDE ? "Bolide" : "Apache";
    }
}
