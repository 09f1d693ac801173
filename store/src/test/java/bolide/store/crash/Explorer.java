package bolide.store.crash;

import bolide.store.StoreConfig;
import bolide.store.StoreRig;
import bolide.store.commitlog.FlushPolicy;
import bolide.store.commitlog.Segments;
import bolide.store.commitlog.StoreRefusal;
import bolide.store.crash.Life.Promise;
import bolide.store.file.MemoryVolume;
import bolide.store.file.MemoryVolume.Operation;
import bolide.store.file.StorageException;
import bolide.store.index.Generation;
import bolide.store.retention.RetentionConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/// Ends a store's process at every I/O operation of a random life, in every way, and lets the next
/// process look at what is left. Some of those live on and are ended as well. All of it follows
/// from one seed.
final class Explorer {
    private static final int ACTIONS = 60;
    private static final int POWER_CUTS = 5; // at each operation
    private static final int LIVES = 3; // on one disk, one after the other
    private static final int ONE_LIVES_ON = 80;
    private static final int ONE_THAT_CUT =
            10; // what it left behind shows in the lives that follow
    private static final int ONE_IS_REBUILT = 8;
    private static final RetentionConfig ONE_SEGMENT =
            RetentionConfig.DEFAULT.of(Duration.ofHours(72), StoreRig.SEGMENT_BYTES);
    private static final Generation.Limits SMALL_GENERATIONS = new Generation.Limits(20, 30_000);

    private final FlushPolicy policy;
    private final StoreConfig config;
    private final Defect defect;
    private final long seed;
    private final Coverage coverage;
    private final SplittableRandom dice;
    private final Set<Long> looked = new HashSet<>();
    private Violation violation; // in the midst of an operation the store itself would swallow it

    Explorer(FlushPolicy policy, Defect defect, long seed, Coverage coverage) {
        this.policy = policy;
        this.config =
                new StoreConfig(
                        policy,
                        StoreRig.INTERVAL,
                        StoreRig.SEGMENT_BYTES,
                        seed % 2 == 0 ? SMALL_GENERATIONS : Generation.Limits.DEFAULT,
                        seed % 3 == 1 ? ONE_SEGMENT : RetentionConfig.DEFAULT);
        this.defect = defect;
        this.seed = seed;
        this.coverage = coverage;
        this.dice = new SplittableRandom(~seed);
    }

    /// @throws Violation with what repeats it
    void explore() {
        try {
            List<Operation> operations = endEverywhere();
            for (Ending ending : Ending.values()) {
                if (ending.fault != null) {
                    failEverywhere(ending, operations);
                }
            }
        } catch (RuntimeException | AssertionError failed) {
            throw new Violation("-Dcrash.seed=" + seed + " repeats it, with " + policy, failed);
        }
    }

    private void checkViolation() {
        if (violation != null) {
            throw violation;
        }
    }

    private Life life(MemoryVolume volume, Promise afterKill, Promise afterPowerCut, long seed) {
        return new Life(volume, config, defect, afterKill, afterPowerCut, seed);
    }

    /// @return the life's operations, in their order
    private List<Operation> endEverywhere() {
        MemoryVolume volume = new MemoryVolume();
        Life life = life(volume, Promise.NONE, Promise.NONE, seed);
        List<Operation> operations = new ArrayList<>();
        volume.beforeEach(() -> {
            operations.add(volume.next());
            end(volume, life, 1);
        });
        life.open();
        life.live(ACTIONS);
        if (seed % 4 < 2) {
            life.stop();
            checkViolation();
            look(volume.fork(), Ending.KILL, volume.next(), life.afterKill(), Promise.NONE, 1);
        } else {
            checkViolation();
            volume.beforeEach(null);
            life.settle();
        }
        return operations;
    }

    /// Ends the process before and within the operation that comes next.
    private void end(MemoryVolume volume, Life life, int lives) {
        if (violation != null) {
            return;
        }
        try {
            Operation next = volume.next();
            Promise afterKill = life.afterKill();
            Promise afterPowerCut = life.afterPowerCut();
            MemoryVolume before = volume.fork();
            look(before, Ending.KILL, next, afterKill, afterPowerCut, lives);
            MemoryVolume within = volume.forkWithin(dice.nextLong());
            look(within, Ending.KILL, next, afterKill, afterPowerCut, lives);
            for (int i = 0; i < POWER_CUTS; i++) {
                MemoryVolume dark = volume.forkWithin(dice.nextLong());
                dark.crash(dice.nextLong());
                look(dark, Ending.POWER_CUT, next, afterPowerCut, afterPowerCut, lives);
            }
        } catch (RuntimeException broken) {
            violation = new Violation("a process ended at " + volume.next(), broken);
        } catch (AssertionError broken) {
            violation =
                    broken instanceof Violation found
                            ? found
                            : new Violation("a process ended at " + volume.next(), broken);
        }
    }

    /// Looks at what a process has left, unless it has left the same before.
    private void look(
            MemoryVolume volume,
            Ending ending,
            Operation at,
            Promise promise,
            Promise afterPowerCut,
            int lives) {
        long image = volume.hash();
        long known = Coverage.mix(Coverage.mix(image + ending.ordinal()) + promise.records());
        if (!looked.add(known)) {
            return;
        }
        if (dice.nextInt(ONE_IS_REBUILT) == 0) {
            rebuild(volume.fork(), promise);
        }
        Life next = life(volume, promise, afterPowerCut, dice.nextLong());
        boolean livesOn = lives < LIVES && dice.nextInt(ONE_LIVES_ON) == 0;
        if (livesOn) {
            volume.beforeEach(() -> end(volume, next, lives + 1));
        }
        next.open();
        if (!livesOn && lives < LIVES && next.hasCut() && dice.nextInt(ONE_THAT_CUT) == 0) {
            livesOn = true;
            volume.beforeEach(() -> end(volume, next, lives + 1));
        }
        if (livesOn) {
            next.live(8);
            checkViolation();
            volume.beforeEach(null);
            next.settle();
        }
        coverage.add(image, ending, at);
    }

    /// The log alone must lead to the same.
    private void rebuild(MemoryVolume volume, Promise promise) {
        for (String name : volume.names()) {
            if (!name.startsWith(Segments.DIRECTORY)) {
                volume.lose(name);
            }
        }
        life(volume, promise, promise, dice.nextLong()).open();
    }

    /// Lets each operation fail in a life of its own, and ends that a little later.
    private void failEverywhere(Ending ending, List<Operation> operations) {
        for (int n = 0; n < operations.size(); n++) {
            if (ending == Ending.SHORT_WRITE && operations.get(n) != Operation.WRITE) {
                continue; // an I/O error like any other
            }
            try {
                fail(ending, operations.get(n), n + 1);
            } catch (RuntimeException | AssertionError failed) {
                throw new Violation(ending + " at operation " + (n + 1), failed);
            }
        }
    }

    private void fail(Ending ending, Operation failing, int n) {
        MemoryVolume volume = new MemoryVolume();
        volume.failAt(ending.fault, n);
        Life life = life(volume, Promise.NONE, Promise.NONE, seed);
        life.expectFault();
        int[] count = {0};
        volume.beforeEach(() -> {
            count[0]++;
            if (count[0] == n && volume.nextIsFinal()) {
                life.expectFailure();
            }
        });
        try {
            life.open();
            life.live(ACTIONS);
            if (count[0] < n) {
                life.stop(); // it is then that the operation fails
            } else {
                life.heal();
            }
        } catch (StoreRefusal | StorageException refused) {
            Violation.unless(!life.isOpen(), "a failure was thrown at a sender", refused);
        }
        Promise afterKill = life.afterKill();
        Promise afterPowerCut = life.afterPowerCut();
        look(volume.fork(), ending, failing, afterKill, afterPowerCut, 1);
        for (int i = 0; i < 3; i++) {
            MemoryVolume dark = volume.fork();
            dark.crash(dice.nextLong());
            look(dark, ending, failing, afterPowerCut, afterPowerCut, 1);
        }
    }
}
