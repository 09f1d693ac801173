package bolide.remoting.netty;

import bolide.protocol.frame.FrameLimits;
import bolide.protocol.frame.HeaderEncoder;
import bolide.remoting.Connection;
import bolide.remoting.ConnectionEvents;
import bolide.remoting.Network;
import bolide.remoting.NetworkException;
import bolide.remoting.Timers;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.concurrent.Ticker;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The machine's network: a few threads, called {@code io-1} and so on, serve all connections. */
public final class NettyNetwork implements Network {
    private static final int BACKLOG =
            4096; // or what the kernel allows; clients come back all at once
    private static final long PARTING_MILLIS = 600;
    private static final long ENDING_MILLIS = 400;

    private final FrameLimits accepted;
    private final FrameLimits connected;
    private final ConnectionLimits limits;
    private final EventLoopGroup loops;
    private final Map<EventExecutor, LoopParts> parts = new HashMap<>();
    private final Timers timers;
    private final Ticker ticker;
    private final StrangerLog strangers;
    private final Set<Channel> listeners = ConcurrentHashMap.newKeySet();
    private final ConcurrentHashMap<Channel, Connection> connections = new ConcurrentHashMap<>();
    private final AtomicInteger accepting = new AtomicInteger(); // connections that came to us
    private final AtomicBoolean closed = new AtomicBoolean();

    /** With the usual limits. */
    public NettyNetwork(int threads, ThreadFactory threadFactory) {
        this(
                threads,
                threadFactory,
                FrameLimits.SERVER,
                FrameLimits.CLIENT,
                ConnectionLimits.DEFAULT);
    }

    /**
     * @param threadFactory makes the threads; they get their names here
     * @param accepted what is read from peers that connect to us
     * @param connected what is read from peers that we connect to
     */
    public NettyNetwork(
            int threads,
            ThreadFactory threadFactory,
            FrameLimits accepted,
            FrameLimits connected,
            ConnectionLimits limits) {
        this.accepted = accepted;
        this.connected = connected;
        this.limits = limits;
        this.loops =
                new MultiThreadIoEventLoopGroup(
                        threads, named(threadFactory), NioIoHandler.newFactory());
        for (EventExecutor loop : loops) {
            Rounds rounds = new Rounds((EventLoop) loop, limits.checkEveryNanos());
            parts.put(loop, new LoopParts(rounds, new HeaderEncoder()));
        }
        this.timers = new NettyTimers(loops);
        this.ticker = loops.next().ticker();
        this.strangers = new StrangerLog(ticker);
    }

    /**
     * @return timers on this network's threads, which end with it
     */
    public Timers timers() {
        return timers;
    }

    @Override
    public Listener listen(InetSocketAddress address, ConnectionEvents events) {
        if (closed.get()) {
            throw new NetworkException(
                    "cannot listen on " + text(address) + ": the network is closed");
        }
        ChannelFuture bound =
                new ServerBootstrap()
                        .group(loops)
                        .channel(NioServerSocketChannel.class)
                        .option(ChannelOption.SO_BACKLOG, BACKLOG)
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, marks())
                        .childHandler(initializer(events, accepted, true, connection -> {}))
                        .bind(address)
                        .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new NetworkException(
                    "cannot listen on " + text(address) + ": " + bound.cause().getMessage(),
                    bound.cause());
        }
        Channel channel = bound.channel();
        listeners.add(channel);
        channel.closeFuture().addListener(gone -> listeners.remove(channel));
        return new NettyListener(channel, (InetSocketAddress) channel.localAddress());
    }

    @Override
    public CompletionStage<Connection> connect(
            InetSocketAddress address, Duration timeout, ConnectionEvents events) {
        CompletableFuture<Connection> result = new CompletableFuture<>();
        if (address.isUnresolved()) {
            result.completeExceptionally(
                    new NetworkException("unknown host " + address.getHostString()));
            return result;
        }
        if (closed.get()) {
            result.completeExceptionally(
                    new NetworkException(
                            "no connection to " + text(address) + ": network is closed"));
            return result;
        }
        new Bootstrap()
                .group(loops)
                .channel(NioSocketChannel.class)
                .disableResolver()
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) timeout.toMillis())
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, marks())
                .handler(initializer(events, connected, false, result::complete))
                .connect(address)
                .addListener(done -> {
                    if (!done.isSuccess()) {
                        result.completeExceptionally(
                                new NetworkException(
                                        "no connection to "
                                                + text(address)
                                                + ": "
                                                + reason(done.cause(), address),
                                        done.cause()));
                    }
                });
        return result;
    }

    /** As people write it, not as Java does, with a slash. */
    private static String text(InetSocketAddress address) {
        String host = address.getHostString();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    /** What went wrong, without the address that Netty puts behind it. */
    private static String reason(Throwable failure, InetSocketAddress address) {
        String message = String.valueOf(failure.getMessage());
        String suffix = ": " + address;
        return message.endsWith(suffix)
                ? message.substring(0, message.length() - suffix.length())
                : message;
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        long end = ticker.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PARTING_MILLIS);
        listeners.forEach(Channel::close);
        listeners.forEach(channel -> awaitClosed(channel, end));
        connections.values().forEach(Connection::close);
        connections.keySet().forEach(channel -> awaitClosed(channel, end));
        loops.shutdownGracefully(0, ENDING_MILLIS / 2, TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(ENDING_MILLIS);
    }

    private void awaitClosed(Channel channel, long end) {
        long left = Math.max(0, end - ticker.nanoTime());
        channel.closeFuture().awaitUninterruptibly(left, TimeUnit.NANOSECONDS);
    }

    private ChannelInitializer<SocketChannel> initializer(
            ConnectionEvents events,
            FrameLimits frames,
            boolean isAccepted,
            Consumer<Connection> whenOpened) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(SocketChannel channel) {
                if (isAccepted && !hasRoomFor(channel)) {
                    channel.close();
                    return;
                }
                NettyConnection connection =
                        new NettyConnection(
                                channel,
                                events,
                                frames,
                                limits,
                                isAccepted,
                                parts.get(channel.eventLoop()),
                                strangers,
                                whenOpened);
                channel.pipeline().addLast(connection);
                connections.put(channel, connection);
                channel.closeFuture().addListener(gone -> connections.remove(channel));
                if (closed.get()) {
                    channel.close();
                }
            }
        };
    }

    /** Counts it until it is closed; says what to do when there are too many. */
    private boolean hasRoomFor(SocketChannel channel) {
        int now = accepting.incrementAndGet();
        channel.closeFuture().addListener(gone -> accepting.decrementAndGet());
        if (now <= limits.mostAccepted()) {
            return true;
        }
        strangers.turnedAway(channel.remoteAddress(), limits.mostAccepted());
        return false;
    }

    private WriteBufferWaterMark marks() {
        return new WriteBufferWaterMark(limits.lowMarkBytes(), limits.highMarkBytes());
    }

    private static ThreadFactory named(ThreadFactory factory) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread =
                    factory.newThread(() -> FastThreadLocalThread.runWithFastThreadLocal(task));
            thread.setName("io-" + number.incrementAndGet());
            return thread;
        };
    }

    /** A listening socket. */
    private record NettyListener(Channel channel, InetSocketAddress address) implements Listener {
        @Override
        public void close() {
            ChannelFuture closing = channel.close();
            if (!channel.eventLoop().inEventLoop()) {
                closing.awaitUninterruptibly();
            }
        }
    }
}
