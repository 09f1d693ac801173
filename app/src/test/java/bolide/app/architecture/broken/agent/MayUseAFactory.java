package bolide.app.architecture.broken.agent;

import java.util.concurrent.ThreadFactory;

/// Breaks nothing: whoever made the factory decides what a thread is.
final class MayUseAFactory {
    Thread make(ThreadFactory threads) {
        return threads.newThread(() -> {});
    }
}
