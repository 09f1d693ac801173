package bolide.benchmarks.process;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;

/// What went wrong, for people: some exceptions only name the file.
public final class Problem {
    private Problem() {}

    public static String of(IOException failure) {
        return switch (failure) {
            case NoSuchFileException absent -> "there is no " + absent.getFile();
            case AccessDeniedException denied -> "this user may not use " + denied.getFile();
            case FileAlreadyExistsException other -> other.getFile() + " is there already";
            default -> String.valueOf(failure.getMessage());
        };
    }
}
