package bolide.app.command;

/// Puts a fault and what caused it into one sentence.
final class Faults {
    private Faults() {}

    static String describe(Throwable fault) {
        Throwable cause = fault.getCause();
        return cause == null || cause.getMessage() == null
                ? fault.getMessage()
                : fault.getMessage() + ": " + cause.getMessage();
    }
}
