package bolide.store.crash;

import bolide.store.file.MemoryVolume;
import bolide.store.file.Volume;

/// What may be wrong with a store.
enum Defect {
    NONE;

    Volume on(MemoryVolume volume) {
        return volume;
    }
}
