package bolide.benchmarks.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Kafka's client with its defaults, but that it waits for company of a message only where a sender
/// does not wait for the answer. It has no tags.
final class KafkaClient implements Client {
    private static final long TIMEOUT_SECONDS = 10;
    private static final int RECONNECT_MILLIS = 50; // or it sleeps through the server's start
    private static final Duration POLL = Duration.ofSeconds(1);

    private final String address;
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;

    /// @param lingers whether messages may wait for company, as is Kafka's default
    KafkaClient(String address, boolean lingers) {
        this.address = address;
        this.admin = Admin.create(Map.of("bootstrap.servers", address));
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", address);
        settings.put("reconnect.backoff.max.ms", RECONNECT_MILLIS);
        if (!lingers) {
            settings.put("linger.ms", 0);
        }
        this.producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public void createTopic(String topic, int queues) throws Exception {
        try {
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(queues), Optional.empty())))
                    .all()
                    .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
        producer.partitionsFor(topic);
    }

    @Override
    public void send(String topic, String tag, byte[] body) throws Exception {
        producer.send(new ProducerRecord<>(topic, body)).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void send(String topic, String tag, byte[] body, Answer answer) {
        producer.send(
                new ProducerRecord<>(topic, body),
                (metadata, failure) -> {
                    if (failure == null) {
                        answer.acknowledged();
                    } else {
                        answer.failed(failure);
                    }
                });
    }

    @Override
    public void sendBatch(String topic, String[] tags, byte[] body) throws Exception {
        List<Future<RecordMetadata>> sent = new ArrayList<>(tags.length);
        for (int i = 0; i < tags.length; i++) {
            sent.add(producer.send(new ProducerRecord<>(topic, body)));
        }
        for (Future<RecordMetadata> each : sent) {
            each.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        }
    }

    @Override
    public AutoCloseable consume(
            String topic, String group, String tag, boolean ordered, Arrival arrival) {
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers", address,
                                "group.id", group,
                                "auto.offset.reset", "earliest"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        consumer.subscribe(List.of(topic));
        Thread thread = Thread.ofPlatform().name("consumer").start(() -> poll(consumer, arrival));
        return () -> {
            consumer.wakeup();
            thread.join();
        };
    }

    private static void poll(KafkaConsumer<byte[], byte[]> consumer, Arrival arrival) {
        try (consumer) {
            while (true) {
                for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
                    arrival.arrived(message.value());
                }
            }
        } catch (WakeupException asked) {
            // the end
        }
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
    }
}
