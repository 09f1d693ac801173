package bolide.benchmarks.meter;

/// What everything was measured on.
public final class Machine {
    private Machine() {}

    public static String shown() {
        return "%d cores, %s %s %s, JDK %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        System.getProperty("os.arch"),
                        System.getProperty("java.runtime.version"));
    }
}
