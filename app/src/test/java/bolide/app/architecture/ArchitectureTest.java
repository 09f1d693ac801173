package bolide.app.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The house plan holds for everything that ships; and each of its rules finds, in a house that is
/// broken on purpose, just those who break it.
final class ArchitectureTest {
    private static final House SHIPPED = new House("bolide");
    private static final House BROKEN = new House("bolide.app.architecture.broken");
    private static final JavaClasses SHIPPED_CLASSES =
            new ClassFileImporter()
                    .withImportOption(location -> !location.contains("/test-classes/"))
                    .importPackages(SHIPPED.root());
    private static final JavaClasses BROKEN_CLASSES =
            new ClassFileImporter().importPackages(BROKEN.root());

    // What is known and to be mended; of no use to anything that is not named here.
    private static final List<String> EXCUSED = List.of("<bolide.broker.Broker.leave()> calls");
    private static final String STILL_NEEDED = "an excuse that is not needed any more has to go";

    @Test
    void shouldHaveNoPackageCycles() {
        // when
        SortedSet<String> shipped = PackageCycles.of(SHIPPED.root(), SHIPPED_CLASSES);
        SortedSet<String> broken = PackageCycles.of(BROKEN.root(), BROKEN_CLASSES);

        // then
        assertThat(shipped).isEmpty();
        assertThat(broken)
                .containsExactly(
                        "broker.offset broker.send broker.topic", "store.commitlog store.state");
    }

    @Test
    void shouldKeepTheDirectionOfModules() {
        assertRule(
                House::keepsTheDirectionOfModules,
                "client.SeesTheBroker",
                "nameserver.route.SeesTheStore",
                "protocol.frame.SeesTheNetwork",
                "sidecar.StandsApart",
                "store.dispatch.SeesTheNetwork");
    }

    @Test
    void shouldKeepTheServerOutOfTheSdk() {
        assertRule(House::keepsTheServerOutOfTheSdk, "client.SeesTheBroker");
    }

    @Test
    void shouldTakeTimeAndChanceFromTheSeams() {
        assertRule(
                House::takesTimeAndChanceFromItsSeams,
                "broker.offset.RollsDice",
                "client.producer.LooksAtTheWatch",
                "store.commitlog.LooksAtTheWatch");
    }

    @Test
    void shouldStartThreadsThroughTheSeams() {
        assertRule(
                House::startsThreadsThroughItsSeams,
                "agent.StartsThreads",
                "broker.lock.BorrowsThreads",
                "nameserver.route.IsAThread");
    }

    @Test
    void shouldTouchFilesOnlyInTheVolume() {
        assertRule(
                House::touchesFilesOnlyInTheVolume,
                "broker.offset.KeepsAFile",
                "store.commitlog.MapsAFile");
    }

    @Test
    void shouldTouchSocketsOnlyInTheNetwork() {
        assertRule(
                House::touchesSocketsOnlyInTheNetwork,
                "app.server.ListensItself",
                "nameserver.route.OpensASocket",
                "remoting.HoldsANettyBuffer");
    }

    @Test
    void shouldLaunchNoProcess() {
        assertRule(House::launchesNoProcess, "app.command.LaunchesAProcess");
    }

    @Test
    void shouldTurnNoDataIntoCode() {
        assertRule(House::turnsNoDataIntoCode, "protocol.frame.ReadsObjects");
    }

    @Test
    void shouldEndTheProcessOnlyInApp() {
        assertRule(House::endsTheProcessOnlyInApp, "store.commitlog.EndsTheProcess");
    }

    @Test
    void shouldLogInOneWay() {
        assertRule(House::logsInOneWay, "nameserver.route.LogsByTheJdk");
    }

    @Test
    void shouldReadTheWireWithoutReflection() {
        assertRule(
                House::readsTheWireWithoutReflection,
                "protocol.frame.FindsClassesByName",
                "protocol.frame.FindsFieldsByName");
    }

    @Test
    void shouldNamePackagesByWhatTheyDo() {
        assertRule(
                House::namesPackagesByWhatTheyDo,
                "broker.topic.impl.TopicsImpl",
                "store.util.Things");
    }

    @Test
    void shouldExcuseNothingThatIsMended() {
        // when
        List<String> violations =
                violations(SHIPPED.startsThreadsThroughItsSeams(), SHIPPED_CLASSES);

        // then
        assertThat(EXCUSED)
                .as(STILL_NEEDED)
                .allSatisfy(excuse -> assertThat(violations).anyMatch(v -> v.contains(excuse)));
    }

    @Test
    void shouldLookAtEverythingThatShips() {
        // when
        SortedSet<String> modules = new TreeSet<>();
        SHIPPED_CLASSES.forEach(type -> modules.add(type.getPackageName().split("\\.")[1]));

        // then
        assertThat(modules)
                .contains("agent", "app", "broker", "cli", "nameserver", "protocol", "remoting")
                .contains("store");
        assertThat(SHIPPED_CLASSES)
                .noneMatch(type -> type.getName().startsWith(BROKEN.root() + "."));
    }

    private static void assertRule(Function<House, ArchRule> rule, String... culprits) {
        // when
        List<String> shipped = violations(rule.apply(SHIPPED), SHIPPED_CLASSES);
        List<String> broken = violations(rule.apply(BROKEN), BROKEN_CLASSES);

        // then
        List<String> unexcused = new ArrayList<>(shipped);
        unexcused.removeIf(violation -> EXCUSED.stream().anyMatch(violation::contains));
        assertThat(unexcused).as(rule.apply(SHIPPED).getDescription()).isEmpty();
        assertThat(originsOf(broken)).containsExactly(culprits);
        for (JavaMethod method : methodsOf(culprits)) {
            assertThat(broken).anyMatch(violation -> violation.contains(method.getFullName()));
        }
    }

    /// @return what was written into the classes by hand: each of these methods breaks the rule
    private static List<JavaMethod> methodsOf(String... classes) {
        Set<String> generated = Set.of("toString", "hashCode", "equals");
        return Stream.of(classes)
                .map(name -> BROKEN_CLASSES.get(BROKEN.root() + "." + name))
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> !generated.contains(method.getName()))
                .toList();
    }

    private static List<String> violations(ArchRule rule, JavaClasses classes) {
        return rule.evaluate(classes).getFailureReport().getDetails();
    }

    /// @return the classes that violations begin with, below the broken house
    private static SortedSet<String> originsOf(List<String> violations) {
        Pattern origin =
                Pattern.compile("^\\w+ <" + Pattern.quote(BROKEN.root()) + "\\.([a-z.]+[A-Z]\\w*)");
        return violations.stream()
                .flatMap(violation -> origin.matcher(violation).results())
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
