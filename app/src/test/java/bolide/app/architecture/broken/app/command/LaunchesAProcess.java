package bolide.app.architecture.broken.app.command;

import java.io.IOException;

/// Breaks: nobody launches anything, app neither.
final class LaunchesAProcess {
    ProcessBuilder builder() {
        return new ProcessBuilder("true");
    }

    Object executed() throws IOException {
        return Runtime.getRuntime().exec(new String[] {"true"});
    }
}
