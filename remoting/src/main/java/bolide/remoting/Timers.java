package bolide.remoting;

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
}
