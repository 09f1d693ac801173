/**
 * Drives a server of RocketMQ's protocol over real sockets with Apache's own clients, which run in
 * JVMs of their own: {@link bolide.compatibility.driver}. That is 5.5.0, and with {@code
 * -Polder-clients} 5.3.3 and 4.9.8 as well; {@code -Dcompatibility.client} names another one.
 *
 * <p>Against Bolide: {@code mvn verify -pl compatibility}, once {@code ./bolide} has been built.
 * Against Apache's name server and broker, from which the expectations come: {@code mvn verify -pl
 * compatibility -Papache-server -Dcompatibility.server=apache}; that takes several times as long,
 * as its broker starts slowly.
 *
 * <ul>
 *   <li>{@code -Dtest=CrashTest -Dcompatibility.cycles=50} kills the server that often, 5 times by
 *       default, for each way to flush; {@code -Dcompatibility.seed} repeats a run's moments.
 *   <li>A scenario by hand: {@code java -cp 'target/classes:target/peers/client-5.5.0/*'
 *       bolide.compatibility.driver.Driver send-sync 127.0.0.1:9876 topic=t count=3}; without
 *       arguments it lists the scenarios.
 *   <li>{@code target/runs} keeps what each process wrote, the official client's log included.
 * </ul>
 *
 * <p>Scenarios:
 *
 * <ul>
 *   <li>sending: sync, async, one-way, batch, to a queue, by selector;
 *   <li>topics: made by the first message, made by request, refused names;
 *   <li>bodies: text beyond ASCII everywhere, compressed, the largest, one byte more;
 *   <li>pulling: each answer to a pull, committed and searched offsets, a message by its id, the
 *       lite pull consumer with queues of its own and with queues shared out, sought, paused and
 *       growing;
 *   <li>pushing: concurrently, orderly, broadcasting, by tags with equal hash codes, start
 *       positions, a subscription older than its topic, two instances in one process;
 *   <li>a group whose members join, leave and die under a stream of messages;
 *   <li>a storm of restarts of the members of a group;
 *   <li>headers in both formats and both forms of the send request, with every request;
 *   <li>several groups behind one instance; the same names in several namespaces;
 *   <li>resuming after a restart of the client and of the server;
 *   <li>every command of mqadmin 5.5.0, see docs/mqadmin.md;
 *   <li>crashes of the server under load;
 *   <li>clusters of our brokers and Apache's, under name servers of either make.
 * </ul>
 */
package bolide.compatibility;
