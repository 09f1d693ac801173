package bolide.fuzzing;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The classes that Bolide ships, as they stand on the class path.
final class Classes {
    private static final String SUFFIX = ".class";

    private Classes() {}

    /// @param root of packages, such as `bolide`
    /// @return the names of its classes
    static SortedSet<String> below(String root) {
        SortedSet<String> names = new TreeSet<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            if (Files.isDirectory(path)) {
                names.addAll(below(path, root));
            } else if (path.getFileName().toString().startsWith("bolide-")) {
                try (FileSystem jar = FileSystems.newFileSystem(path)) {
                    names.addAll(below(jar.getPath("/"), root));
                } catch (IOException unreadable) {
                    throw new UncheckedIOException(unreadable);
                }
            }
        }
        return names;
    }

    private static List<String> below(Path top, String root) {
        Path folder = top.resolve(root.replace('.', '/'));
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(file -> top.relativize(file).toString())
                    .filter(file -> file.endsWith(SUFFIX) && !file.endsWith("-info" + SUFFIX))
                    .map(file -> file.substring(0, file.length() - SUFFIX.length()))
                    .map(file -> file.replace('/', '.').replace('\\', '.'))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// @return whether the class asks frames for their bodies
    static boolean readsBodies(Class<?> type) {
        String file = "/" + type.getName().replace('.', '/') + SUFFIX;
        try (InputStream code = type.getResourceAsStream(file)) {
            for (PoolEntry entry : ClassFile.of().parse(code.readAllBytes()).constantPool()) {
                if (entry instanceof MemberRefEntry member && member.name().equalsString("body")) {
                    return true;
                }
            }
            return false;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// @return the literal texts in the code of a class and its neighbours in the package: the
    ///   names of fields that a decoder looks for are among them
    static List<String> literals(Class<?> type) {
        SortedSet<String> literals = new TreeSet<>();
        for (String neighbour : below(type.getPackageName())) {
            String file = "/" + neighbour.replace('.', '/') + SUFFIX;
            try (InputStream code = type.getResourceAsStream(file)) {
                for (PoolEntry entry : ClassFile.of().parse(code.readAllBytes()).constantPool()) {
                    if (entry instanceof StringEntry literal) {
                        literals.add(literal.stringValue());
                    }
                }
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
        literals.removeIf(literal -> literal.isEmpty() || literal.contains(" "));
        return new ArrayList<>(literals);
    }
}
