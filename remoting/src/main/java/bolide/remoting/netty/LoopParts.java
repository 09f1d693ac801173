package bolide.remoting.netty;

import bolide.protocol.frame.HeaderEncoder;

/**
 * What all connections of one event loop use; owner: that loop.
 *
 * @param rounds look at them again and again
 * @param encoder writes the headers of what they send
 */
record LoopParts(Rounds rounds, HeaderEncoder encoder) {}
