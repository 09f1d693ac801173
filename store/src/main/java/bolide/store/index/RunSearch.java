package bolide.store.index;

import java.util.Optional;
import java.util.function.Predicate;

/// A search over one state of the list. Files that do not know the queue are passed over.
final class RunSearch {
    private final IndexFile[] files;
    private final QueueName queue;
    private final int first; // the first file that may know the queue
    private boolean metClosed;

    RunSearch(IndexFile[] files, QueueName queue, long from) {
        this.files = files;
        this.queue = queue;
        int below = 0;
        int to = files.length;
        while (below < to) {
            int middle = (below + to) >>> 1;
            if (files[middle].end() <= from) {
                below = middle + 1;
            } else {
                to = middle;
            }
        }
        this.first = below;
    }

    /// @return whether the answer is of no use, because a file was closed meanwhile
    boolean metClosed() {
        return metClosed;
    }

    /// @see IndexFiles#newest
    Optional<Span> newest(Predicate<Span> test) {
        Optional<Span> best = Optional.empty();
        int low = first;
        int high = files.length - 1;
        while (low <= high && !metClosed) {
            int middle = (low + high) >>> 1;
            int known = middle;
            Span[] runs = runs(known);
            while (runs.length == 0 && known > low) {
                runs = runs(--known);
            }
            if (runs.length == 0) {
                low = middle + 1;
            } else if (test.test(runs[0])) {
                for (Span run : runs) {
                    best = test.test(run) ? Optional.of(run) : best;
                }
                low = middle + 1;
            } else {
                high = known - 1;
            }
        }
        return best;
    }

    /// @see IndexFiles#oldest
    Optional<Span> oldest(Predicate<Span> test) {
        Optional<Span> best = Optional.empty();
        int low = first;
        int high = files.length - 1;
        while (low <= high && !metClosed) {
            int middle = (low + high) >>> 1;
            int known = middle;
            Span[] runs = runs(known);
            while (runs.length == 0 && known < high) {
                runs = runs(++known);
            }
            if (runs.length == 0) {
                high = middle - 1;
            } else if (test.test(runs[runs.length - 1])) {
                for (int i = runs.length - 1; i >= 0 && test.test(runs[i]); i--) {
                    best = Optional.of(runs[i]);
                }
                high = middle - 1;
            } else {
                low = known + 1;
            }
        }
        return best;
    }

    private Span[] runs(int number) {
        Span[] runs = files[number].runs(queue);
        metClosed |= runs == IndexFile.CLOSED;
        return runs;
    }
}
