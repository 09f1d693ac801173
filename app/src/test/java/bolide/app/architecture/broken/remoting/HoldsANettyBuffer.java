package bolide.app.architecture.broken.remoting;

import io.netty.buffer.ByteBuf;

/// Breaks: only one package knows Netty.
record HoldsANettyBuffer(ByteBuf buffer) {}
