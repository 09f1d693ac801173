package bolide.client.consumer;

import java.util.List;

/**
 * Messages of a queue that were pulled together.
 *
 * @param messages in order; none when those that were there are not wanted
 * @param nextOffset the offset behind them all
 * @param bytes what they take in memory, roughly
 */
record Batch(List<ReceivedMessage> messages, long nextOffset, int bytes) {}
