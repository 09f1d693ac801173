package bolide.remoting;

import java.util.function.BooleanSupplier;

/** Runs tasks later. The tasks are short and never wait. */
public interface Timers {
    /** A task that is to run. */
    interface Timer {
        /** Takes the task back unless it has begun; no effect when called again. */
        void cancel();
    }

    /**
     * @param delayMillis from now, by a clock that nobody sets; 0 and less: at once
     */
    Timer after(long delayMillis, Runnable task);

    /**
     * Runs the task again and again, also after it has failed.
     *
     * @param pauseMillis before each time
     * @param isOver asked before each time, and nothing happens any more when it is
     */
    default void every(long pauseMillis, BooleanSupplier isOver, Runnable task) {
        after(
                pauseMillis,
                () -> {
                    if (isOver.getAsBoolean()) {
                        return;
                    }
                    try {
                        task.run();
                    } finally {
                        every(pauseMillis, isOver, task);
                    }
                });
    }
}
