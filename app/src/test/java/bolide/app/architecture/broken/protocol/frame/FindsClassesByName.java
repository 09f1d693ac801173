package bolide.app.architecture.broken.protocol.frame;

/// Breaks: the bytes of a stranger would choose the class.
final class FindsClassesByName {
    Class<?> find(String name) throws ClassNotFoundException {
        return Class.forName(name);
    }
}
