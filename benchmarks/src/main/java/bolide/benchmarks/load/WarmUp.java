package bolide.benchmarks.load;

/// How a warm-up went.
///
/// @param quiet whether the compilers were quiet at its end
public record WarmUp(double seconds, boolean quiet) {
    /// @param words what [#toWords] gave
    public static WarmUp ofWords(String words) {
        String[] parts = words.split(" ");
        return new WarmUp(Double.parseDouble(parts[0]), Boolean.parseBoolean(parts[1]));
    }

    String toWords() {
        return seconds + " " + quiet;
    }
}
