package bolide.cli;

/// What a command tells the shell.
public final class ExitCode {
    public static final int OK = 0;
    public static final int FAILED = 1;
    public static final int WRONG_USAGE = 2;
    public static final int STORAGE_FAULT = 3;

    private ExitCode() {}
}
