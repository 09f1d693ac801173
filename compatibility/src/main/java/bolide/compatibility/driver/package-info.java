/**
 * The program that uses Apache's client: compiled against it, run with it on a class path of its
 * own, and reporting line by line to the tests.
 */
package bolide.compatibility.driver;
