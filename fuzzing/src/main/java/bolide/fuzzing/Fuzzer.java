package bolide.fuzzing;

import bolide.nameserver.kv.KvStorageException;
import bolide.protocol.frame.InvalidRequestException;
import bolide.protocol.frame.ProtocolException;
import bolide.store.file.StorageException;
import bolide.store.takeover.TakeOverRefusal;
import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.util.List;
import java.util.Set;

/// What Jazzer calls with each input, whose last bytes choose one of the targets of the group that
/// the property `fuzzing.group` names. An input that takes ten seconds or the heap is a finding as
/// well.
public final class Fuzzer {
    static final Set<Class<?>> REFUSALS =
            Set.of(
                    ProtocolException.class,
                    InvalidRequestException.class,
                    KvStorageException.class,
                    StorageException.class,
                    TakeOverRefusal.class);

    private static List<Target> targets;

    private Fuzzer() {}

    /// Called by Jazzer, once.
    public static void fuzzerInitialize() {
        targets =
                Targets.groups().get(System.getProperty("fuzzing.group")).stream()
                        .map(named -> named.maker().get())
                        .toList();
    }

    /// Called by Jazzer, for each input.
    public static void fuzzerTestOneInput(FuzzedDataProvider in) throws Throwable {
        try {
            targets.get(in.consumeInt(0, targets.size() - 1)).take(in);
        } catch (RuntimeException thrown) {
            if (!REFUSALS.contains(thrown.getClass())) {
                throw thrown;
            }
        }
    }
}
