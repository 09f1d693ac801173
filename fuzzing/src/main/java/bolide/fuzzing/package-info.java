/// What takes bytes from others, each part alone, driven by Jazzer: [Targets] are all of them,
/// [Fuzzer] is what Jazzer calls, in a JVM of its own for each.
package bolide.fuzzing;
