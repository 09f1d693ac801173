package bolide.app.architecture.broken.broker.offset;

import java.security.SecureRandom;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Breaks: no seed would bring the same numbers back.
final class RollsDice {
    int unseeded() {
        return new Random().nextInt(6);
    }

    Supplier<Random> reference() {
        return Random::new;
    }

    int splittable() {
        return new SplittableRandom().nextInt(6);
    }

    int local() {
        return ThreadLocalRandom.current().nextInt(6);
    }

    double mathematical() {
        return Math.random();
    }

    UUID unique() {
        return UUID.randomUUID();
    }

    int secure() {
        return new SecureRandom().nextInt(6);
    }

    int any() {
        return RandomGenerator.getDefault().nextInt(6);
    }
}
