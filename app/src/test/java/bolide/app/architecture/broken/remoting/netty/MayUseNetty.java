package bolide.app.architecture.broken.remoting.netty;

import io.netty.buffer.ByteBuf;
import java.nio.channels.SocketChannel;

/// Breaks nothing: this is where Netty is known.
record MayUseNetty(ByteBuf buffer, SocketChannel channel) {}
