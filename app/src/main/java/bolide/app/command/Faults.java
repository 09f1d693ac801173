package bolide.app.command;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/// Puts a fault and what caused it into one sentence.
final class Faults {
    private Faults() {}

    static String describe(Throwable fault) {
        Throwable cause = fault.getCause();
        return cause == null ? fault.getMessage() : fault.getMessage() + ": " + reason(cause);
    }

    /// The messages of file exceptions only name the file, which is known already.
    private static String reason(Throwable cause) {
        return switch (cause) {
            case FileSystemException file when file.getReason() != null -> file.getReason();
            case FileAlreadyExistsException taken -> "there is a file of that name";
            case AccessDeniedException denied -> "access is denied";
            case NoSuchFileException absent -> "it does not exist";
            case NotDirectoryException odd -> "something else has that name";
            default ->
                    cause.getMessage() == null
                            ? cause.getClass().getSimpleName()
                            : cause.getMessage();
        };
    }
}
