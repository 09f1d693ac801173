package bolide.cli;

/// A command cannot do what it was asked to, and says so in one sentence with the remedy.
public final class CommandFailure extends RuntimeException {
    private final int exitCode;

    /// @param exitCode see [ExitCode]
    public CommandFailure(int exitCode, String message) {
        super(message, null, false, false); // for people: the place it was thrown at tells nothing
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }
}
