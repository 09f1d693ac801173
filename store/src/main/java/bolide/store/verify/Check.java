package bolide.store.verify;

import java.util.function.Consumer;
import java.util.function.LongConsumer;

/// One part of a store that can be looked through. It changes nothing.
public interface Check {
    /// @return the part's name, one word
    String part();

    /// @return how many bytes it will look at, about
    long bytes();

    /// @param progress told now and then how many bytes it has looked at
    /// @param findings told of everything out of the ordinary
    void run(LongConsumer progress, Consumer<Finding> findings);
}
