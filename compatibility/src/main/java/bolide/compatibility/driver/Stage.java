package bolide.compatibility.driver;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** What a scenario has to hand: its arguments, a way to report, and the test's cues. */
final class Stage {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration GLANCE = Duration.ofMillis(10);

    /** Something to wait for; an exception says the same as {@code false}. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws Exception;
    }

    private final String nameserver;
    private final Map<String, String> arguments;
    private final PrintStream out;
    private final BlockingQueue<String> cues;

    Stage(
            String nameserver,
            Map<String, String> arguments,
            PrintStream out,
            BlockingQueue<String> cues) {
        this.nameserver = nameserver;
        this.arguments = Map.copyOf(arguments);
        this.out = out;
        this.cues = cues;
    }

    /** The name server's address, {@code host:port}. */
    String nameserver() {
        return nameserver;
    }

    /** The argument of that name, which must have been given. */
    String text(String name) {
        String value = arguments.get(name);
        if (value == null) {
            throw new IllegalArgumentException("this scenario needs " + name + "=…");
        }
        return value;
    }

    /** The argument of that name, or else the other value. */
    String text(String name, String otherwise) {
        return arguments.getOrDefault(name, otherwise);
    }

    /** The argument of that name as a number, or else the other value. */
    int number(String name, int otherwise) {
        return Integer.parseInt(text(name, Integer.toString(otherwise)));
    }

    /** Reports; the line has left this process when the call returns. */
    void saw(String what, Object... namesAndValues) {
        print(Report.of(what, namesAndValues));
    }

    /** Says that a step is reached, and waits until the test says to go on. */
    void at(String step) throws InterruptedException {
        print(Report.plain("at", step));
        cues.take();
    }

    /** Waits for the test's next cue; what it says. */
    String cue() throws InterruptedException {
        return cues.take();
    }

    /** Whether the test has given a cue that nobody has taken yet. */
    boolean cued() {
        return !cues.isEmpty();
    }

    /** Waits until the condition holds; a scenario that waits too long has failed. */
    void until(String what, Condition condition) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Exception last = null;
        while (System.nanoTime() < deadline) {
            try {
                if (condition.holds()) {
                    return;
                }
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) { // such as a route that is not there yet
                last = e;
            }
            linger(GLANCE);
        }
        throw new IllegalStateException("waited " + PATIENCE + " for " + what, last);
    }

    /** Lets some time pass, so that what should not come could have come. */
    void linger(Duration time) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(time.toNanos());
    }

    void print(Report report) {
        synchronized (out) {
            out.print(report.line() + "\n");
            out.flush();
        }
    }
}
