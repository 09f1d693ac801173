/** What the bytes of RocketMQ's remoting protocol mean: no I/O, no threads. */
module bolide.protocol {
    exports bolide.protocol.body;
    exports bolide.protocol.config;
    exports bolide.protocol.frame;
    exports bolide.protocol.group;
    exports bolide.protocol.json;
    exports bolide.protocol.lock;
    exports bolide.protocol.message;
    exports bolide.protocol.offset;
    exports bolide.protocol.pull;
    exports bolide.protocol.route;
    exports bolide.protocol.send;
    exports bolide.protocol.text;
    exports bolide.protocol.topic;
}
