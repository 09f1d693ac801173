package bolide.broker.group;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the log of consumer groups whose members do not say the same: once when that begins, once
/// when it becomes something else, once when it ends. Each member is served as it says itself; but
/// messages of a queue go to one member only, so that what the others want of it passes by.
public final class DifferenceAlarm {
    private static final int MOST_AT_ONCE = 20;
    private static final Logger LOG = LoggerFactory.getLogger(DifferenceAlarm.class);

    private final Members members;

    public DifferenceAlarm(Members members) {
        this.members = members;
    }

    /// Looks for what has changed since the last call; to be called from time to time.
    public void look() {
        int[] told = {0};
        var differences = members.newDifferences();
        differences.forEach((group, sentences) -> {
            if (told[0]++ < MOST_AT_ONCE) {
                tell(group, sentences);
            }
        });
        if (differences.size() > MOST_AT_ONCE) {
            LOG.warn(
                    "{} more consumer groups have begun or ceased to differ in themselves; tools"
                            + " show who is connected and says what",
                    differences.size() - MOST_AT_ONCE);
        }
    }

    private static void tell(String group, List<String> sentences) {
        if (sentences.isEmpty()) {
            LOG.info("members of consumer group {} agree again", group);
        } else {
            LOG.warn(
                    "members of consumer group {} differ, and each is served as it says itself, so"
                            + " that some messages may reach nobody who wants them; give all the"
                            + " same subscription, or groups of their own. {}",
                    group,
                    String.join(". ", sentences));
        }
    }
}
