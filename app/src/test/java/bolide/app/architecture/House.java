package bolide.app.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLConnection;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.NetworkChannel;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Calendar;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.Timer;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/// The house plan as rules about the classes below one package: that of Bolide, or of a house that
/// was built wrongly on purpose.
///
/// @param root the package that holds the modules
record House(String root) {
    /// Which module may see which others, as the plan draws it; what those see may be seen, too.
    private static final Map<String, Set<String>> ARROWS =
            Map.ofEntries(
                    Map.entry("protocol", Set.of()),
                    Map.entry("remoting", Set.of("protocol")),
                    Map.entry("client", Set.of("remoting")),
                    Map.entry("agent", Set.of()),
                    Map.entry("store", Set.of("agent", "protocol")),
                    Map.entry("replication", Set.of("store", "remoting")),
                    Map.entry("broker", Set.of("replication", "store", "remoting")),
                    Map.entry("grpc", Set.of("broker")),
                    Map.entry("nameserver", Set.of("remoting")),
                    Map.entry("console", Set.of("client")),
                    Map.entry("cli", Set.of("client")),
                    Map.entry("app", Set.of("grpc", "nameserver", "console", "cli", "broker")));

    private static final Set<String> SDK = Set.of("protocol", "remoting", "client");

    ArchRule keepsTheDirectionOfModules() {
        return classes()
                .should(seeOnlyWhatThePlanDraws())
                .because("the arrows of the house plan point one way, and it draws every module");
    }

    ArchRule keepsTheServerOutOfTheSdk() {
        return noClasses()
                .that()
                .resideInAnyPackage(in(SDK))
                .should()
                .dependOnClassesThat(
                        resideInAPackage(root + "..").and(not(resideInAnyPackage(in(SDK)))))
                .because("applications load protocol, remoting and client, and nothing else of us")
                .allowEmptyShould(true);
    }

    ArchRule takesTimeAndChanceFromItsSeams() {
        return noClasses()
                .that(doNotSupplySeams())
                .should()
                .accessTargetWhere(target("the machine's time or chance", House::isTimeOrChance))
                .because(
                        "only app supplies the real clock and real chance, and for applications,"
                                + " which have no wiring of ours, the client's outermost package: a"
                                + " seed has to give the same run");
    }

    ArchRule startsThreadsThroughItsSeams() {
        return noClasses()
                .that(doNotSupplySeams())
                .should()
                .accessTargetWhere(target("what starts threads or waits", House::isThreads))
                .because(
                        "thread factories, executors and timers come through constructors: a"
                                + " simulation runs everything on one thread");
    }

    ArchRule touchesFilesOnlyInTheVolume() {
        return noClasses()
                .that()
                .resideOutsideOfPackages(in("store.file"), in("app"))
                .should()
                .dependOnClassesThat(
                        resideInAPackage("java.nio.file..")
                                .or(
                                        belongToAnyOf(
                                                FileChannel.class,
                                                FileChannel.MapMode.class,
                                                AsynchronousFileChannel.class,
                                                java.nio.channels.FileLock.class,
                                                java.io.File.class,
                                                java.io.RandomAccessFile.class,
                                                java.io.FileInputStream.class,
                                                java.io.FileOutputStream.class,
                                                java.io.FileReader.class,
                                                java.io.FileWriter.class)))
                .because("the disk is reached through a Volume, which a test can make fail");
    }

    ArchRule touchesSocketsOnlyInTheNetwork() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(in("remoting.netty"))
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("io.netty..", "java.net.http..")
                                .or(assignableTo(Socket.class))
                                .or(assignableTo(ServerSocket.class))
                                .or(assignableTo(DatagramSocket.class))
                                .or(assignableTo(NetworkChannel.class))
                                .or(assignableTo(URLConnection.class)))
                .because("the network is reached through a Network, which a test can make fail");
    }

    ArchRule launchesNoProcess() {
        return noClasses()
                .should()
                .dependOnClassesThat(belongToAnyOf(ProcessBuilder.class, Process.class))
                .orShould()
                .accessTargetWhere(
                        target(
                                "a launch",
                                access ->
                                        isOf(access, Runtime.class)
                                                && access.getName().equals("exec")))
                .because("what cannot be started cannot be started by a stranger's request");
    }

    ArchRule turnsNoDataIntoCode() {
        return noClasses()
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("javax.naming..", "javax.script..", "java.rmi..")
                                .or(belongToAnyOf(java.io.ObjectInputStream.class)))
                .because("data from strangers may name no class, script or directory entry");
    }

    ArchRule endsTheProcessOnlyInApp() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(in("app"))
                .should()
                .accessTargetWhere(
                        target(
                                "the end of the process",
                                access ->
                                        isOf(access, System.class, Runtime.class)
                                                && Set.of("exit", "halt")
                                                        .contains(access.getName())))
                .because("a module reports a failure; app decides what becomes of the process");
    }

    ArchRule logsInOneWay() {
        return noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("java.util.logging.."))
                .because("everything logs through SLF4J");
    }

    ArchRule readsTheWireWithoutReflection() {
        return noClasses()
                .that()
                .resideInAPackage(in("protocol"))
                .should()
                .dependOnClassesThat(resideInAPackage("java.lang.reflect.."))
                .orShould()
                .accessTargetWhere(
                        target(
                                "a class by its name",
                                access ->
                                        isOf(access, Class.class, ClassLoader.class)
                                                && Set.of("forName", "loadClass", "newInstance")
                                                        .contains(access.getName())))
                .because("a wire type is read field by field, by code that can be seen");
    }

    ArchRule namesPackagesByWhatTheyDo() {
        return noClasses()
                .should()
                .resideInAnyPackage(
                        root + "..common..",
                        root + "..util..",
                        root + "..utils..",
                        root + "..impl..",
                        root + "..manager..")
                .because("a helper lives with its user, or earns a noun");
    }

    /// @return the pattern of a package and all below it
    private String in(String station) {
        return root + "." + station + "..";
    }

    private String[] in(Collection<String> modules) {
        return modules.stream().sorted().map(this::in).toArray(String[]::new);
    }

    private static SortedSet<String> seenBy(String module) {
        SortedSet<String> seen = new TreeSet<>(Set.of(module));
        for (String next : ARROWS.get(module)) {
            seen.addAll(seenBy(next));
        }
        return seen;
    }

    private ArchCondition<JavaClass> seeOnlyWhatThePlanDraws() {
        return new ArchCondition<>("see only what the plan draws for their module") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                String module = moduleOf(item);
                if (!ARROWS.containsKey(module)) {
                    events.add(
                            SimpleConditionEvent.violated(
                                    item, "Class <" + item.getName() + "> is in no drawn module"));
                    return;
                }
                Set<String> seen = seenBy(module);
                for (Dependency dependency : item.getDirectDependenciesFromSelf()) {
                    JavaClass target = dependency.getTargetClass();
                    if (isInside(target) && !seen.contains(moduleOf(target))) {
                        events.add(
                                SimpleConditionEvent.violated(
                                        dependency, dependency.getDescription()));
                    }
                }
            }
        };
    }

    private boolean isInside(JavaClass type) {
        return type.getPackageName().startsWith(root + ".");
    }

    private String moduleOf(JavaClass type) {
        return type.getPackageName().substring(root.length() + 1).split("\\.")[0];
    }

    private DescribedPredicate<JavaClass> doNotSupplySeams() {
        return not(resideInAnyPackage(in("app"), root + ".client"))
                .as("neither wire the server nor are the client's entry");
    }

    private static DescribedPredicate<JavaAccess<?>> target(
            String what, Predicate<AccessTarget> predicate) {
        return DescribedPredicate.describe(what, access -> predicate.test(access.getTarget()));
    }

    private static boolean isTimeOrChance(AccessTarget access) {
        String name = access.getName();
        boolean isFresh = isConstructor(access) && parameters(access).isEmpty();
        return isOf(access, System.class) && Set.of("currentTimeMillis", "nanoTime").contains(name)
                || access.getOwner().getPackageName().startsWith("java.time") && name.equals("now")
                || isOf(access, Clock.class, InstantSource.class)
                        && (name.startsWith("system") || name.startsWith("tick"))
                || isOf(access, ThreadLocalRandom.class)
                || isOf(access, Math.class, StrictMath.class) && name.equals("random")
                || isOf(access, UUID.class) && name.equals("randomUUID")
                || isOf(access, RandomGenerator.class) && Set.of("of", "getDefault").contains(name)
                || isOf(access, Calendar.class) && name.equals("getInstance")
                || isFresh && isOf(access, Random.class, SplittableRandom.class, Date.class)
                || isConstructor(access)
                        && access.getOwner().isAssignableTo(java.security.SecureRandom.class);
    }

    private static boolean isThreads(AccessTarget access) {
        String name = access.getName();
        boolean isMade = isConstructor(access);
        return isMade && access.getOwner().isAssignableTo(Thread.class)
                || isOf(access, Thread.class)
                        && Set.of("ofVirtual", "ofPlatform", "startVirtualThread", "sleep")
                                .contains(name)
                || isOf(access, Executors.class)
                || isOf(access, ForkJoinPool.class)
                || isMade && isOf(access, Timer.class)
                || isMade
                        && access.getOwner().isAssignableTo(ThreadPoolExecutor.class)
                        && !takes(access, ThreadFactory.class)
                || isOf(access, CompletableFuture.class)
                        && (Set.of("orTimeout", "completeOnTimeout", "delayedExecutor")
                                        .contains(name)
                                || name.endsWith("Async") && !takes(access, Executor.class))
                || name.equals("parallelStream")
                || name.equals("parallel");
    }

    private static boolean isOf(AccessTarget access, Class<?>... owners) {
        return List.of(owners).stream().anyMatch(access.getOwner()::isEquivalentTo);
    }

    private static boolean isConstructor(AccessTarget access) {
        return access instanceof AccessTarget.ConstructorCallTarget
                || access instanceof AccessTarget.ConstructorReferenceTarget;
    }

    private static boolean takes(AccessTarget access, Class<?> parameter) {
        return parameters(access).stream().anyMatch(type -> type.isEquivalentTo(parameter));
    }

    private static List<JavaClass> parameters(AccessTarget access) {
        return access instanceof AccessTarget.CodeUnitAccessTarget code
                ? code.getRawParameterTypes()
                : List.of();
    }
}
