package bolide.compatibility.driver;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.MQVersion;
import org.apache.rocketmq.remoting.protocol.heartbeat.MessageModel;

/**
 * What the clients 4.9 and 5 have in different places. The driver is compiled against the newest;
 * what has moved since 4.9 is found by name, so that it runs with either.
 */
final class Generation {
    private static final boolean IS_4 = name().startsWith("V4_");

    private Generation() {}

    /** The client's version as it calls itself, such as {@code V5_5_0}. */
    static String name() {
        return MQVersion.getVersionDesc(MQVersion.CURRENT_VERSION);
    }

    /** Asks for a topic; 4.9 knows no attributes. */
    @SuppressWarnings("deprecation") // the client's only way to make one without Apache's tools
    static void createTopic(DefaultMQProducer producer, String template, String topic, int queues)
            throws MQClientException {
        if (IS_4) {
            call(producer, "createTopic", template, topic, queues);
        } else {
            producer.createTopic(template, topic, queues, Map.of());
        }
    }

    /** Chooses how a group shares its messages; the type of that was in another package. */
    static void messageModel(DefaultMQPushConsumer consumer, String model) {
        if (IS_4) {
            Method set = method(DefaultMQPushConsumer.class, "setMessageModel", 1);
            Class<?> type = set.getParameterTypes()[0];
            Object value =
                    Arrays.stream(type.getEnumConstants())
                            .filter(constant -> ((Enum<?>) constant).name().equals(model))
                            .findAny()
                            .orElseThrow();
            invoke(set, consumer, value);
        } else {
            consumer.setMessageModel(MessageModel.valueOf(model));
        }
    }

    private static void call(Object object, String name, Object... arguments) {
        invoke(method(object.getClass(), name, arguments.length), object, arguments);
    }

    private static Method method(Class<?> type, String name, int parameters) {
        return Arrays.stream(type.getMethods())
                .filter(m -> m.getName().equals(name) && m.getParameterCount() == parameters)
                .findAny()
                .orElseThrow(() -> new IllegalStateException(type + " has no " + name));
    }

    private static void invoke(Method method, Object object, Object... arguments) {
        try {
            method.invoke(object, arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(method + " failed", e.getCause());
        }
    }
}
