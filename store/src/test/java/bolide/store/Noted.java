package bolide.store;

import bolide.store.commitlog.AppendListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// Remembers what became of one append.
public final class Noted implements AppendListener {
    private final List<Long> offsets = new ArrayList<>();
    private final List<Long> positions = new ArrayList<>();
    private final CountDownLatch acknowledged = new CountDownLatch(1);
    private final Runnable onReadable;

    public Noted() {
        this(() -> {});
    }

    /// @param onReadable what else to do when the append is acknowledged
    public Noted(Runnable onReadable) {
        this.onReadable = onReadable;
    }

    @Override
    public void placed(int index, long queueOffset, long position) {
        if (index != offsets.size()) {
            throw new IllegalStateException("record " + index + " after " + offsets.size());
        }
        offsets.add(queueOffset);
        positions.add(position);
    }

    @Override
    public void readable() {
        if (isAcknowledged()) {
            throw new IllegalStateException("acknowledged twice");
        }
        acknowledged.countDown();
        onReadable.run();
    }

    public List<Long> offsets() {
        return offsets;
    }

    public List<Long> positions() {
        return positions;
    }

    public boolean isAcknowledged() {
        return acknowledged.getCount() == 0;
    }

    /// Waits for it, on threads of the store's own.
    public void await() throws InterruptedException {
        if (!acknowledged.await(10, java.util.concurrent.TimeUnit.SECONDS)) {
            throw new AssertionError("not acknowledged within ten seconds");
        }
    }
}
