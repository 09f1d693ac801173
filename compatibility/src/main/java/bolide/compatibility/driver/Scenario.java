package bolide.compatibility.driver;

/** Something people do with the official client, done once and reported line by line. */
@FunctionalInterface
interface Scenario {
    /** Plays it; any exception means that it failed. */
    void play(Stage stage) throws Exception;
}
