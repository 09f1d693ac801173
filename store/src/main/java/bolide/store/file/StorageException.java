package bolide.store.file;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/// The disk did not do what it must, or holds what it must not: the store cannot go on.
public final class StorageException extends RuntimeException {
    public StorageException(String message) {
        super(message);
    }

    /// @param what what could not be done, and with which file; the cause's reason is added
    public StorageException(String what, Exception cause) {
        super(what + ": " + reason(cause), cause);
    }

    /// The disk did not give a page of a mapped file: the virtual machine makes an error of its own
    /// of that, which names nothing.
    ///
    /// @param file which of the store's
    /// @param position of the log; the page holds it, or one soon after
    public static StorageException unreadable(String file, long position, InternalError fault) {
        StorageException told =
                new StorageException(
                        file
                                + " cannot be read at position "
                                + position
                                + " or soon after: the disk does not give what is there, as the"
                                + " system's log may say; on a full disk free some space, else put"
                                + " a copy of the file in its place");
        told.initCause(fault);
        return told;
    }

    /// The messages of file exceptions only name the file, which is known already.
    private static String reason(Exception cause) {
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
