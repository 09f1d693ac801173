package bolide.fuzzing;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.util.List;

/// Something that takes bytes from others.
interface Target {
    /// Gives it the input. It may refuse that with one of the exceptions of [Fuzzer#REFUSALS];
    /// anything else that it throws is a finding, and so is what takes long or the heap.
    void take(FuzzedDataProvider in) throws Throwable;

    /// @return words that inputs may well be made of
    List<String> words();
}
