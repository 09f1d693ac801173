package bolide.compatibility;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One server for all test classes that neither stop nor crash it; each test has its own topics. */
final class SharedServer implements ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(SharedServer.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == ServerUnderTest.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        // the root's store closes the server when the last test is over
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(
                        ServerUnderTest.class,
                        key -> ServerUnderTest.start(Flush.SYNC),
                        ServerUnderTest.class);
    }
}
