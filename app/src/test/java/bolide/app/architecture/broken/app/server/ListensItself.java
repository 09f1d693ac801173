package bolide.app.architecture.broken.app.server;

import java.nio.channels.ServerSocketChannel;

/// Breaks: even app listens through the network only.
record ListensItself(ServerSocketChannel channel) {}
