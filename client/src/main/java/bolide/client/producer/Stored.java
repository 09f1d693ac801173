package bolide.client.producer;

import bolide.client.producer.SendReceipt.Safety;
import bolide.protocol.route.MessageQueue;
import bolide.protocol.send.SendResponse;

/** A broker's word that it has what was sent. */
record Stored(Safety safety, MessageQueue queue, SendResponse response) {}
