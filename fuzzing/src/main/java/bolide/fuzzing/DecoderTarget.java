package bolide.fuzzing;

import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.RequestCode;
import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A static method named `decode...` that makes something of bytes, a text, fields or a frame.
final class DecoderTarget implements Target {
    private static final String NAME = "decode";
    private static final int MOST_FIELDS = 24;
    private static final int LONGEST_VALUE = 64;
    private static final int[] CODES = codes();

    private final Method method;
    private final Class<?> parameter;
    private final List<String> literals;

    DecoderTarget(Method method) {
        this.method = method;
        this.parameter = method.getParameterTypes()[0];
        this.literals = Classes.literals(method.getDeclaringClass());
        method.setAccessible(true);
    }

    /// @return whether the method is one
    static boolean isDecoder(Method method) {
        Class<?>[] parameters = method.getParameterTypes();
        return method.getName().startsWith(NAME)
                && Modifier.isStatic(method.getModifiers())
                && !Modifier.isPrivate(method.getModifiers())
                && !method.isSynthetic()
                && parameters.length == 1
                && Set.of(Frame.class, Fields.class, ByteBuffer.class, byte[].class, String.class)
                        .contains(parameters[0]);
    }

    /// @return whether it only looks up fields, which the header's decoder has made
    static boolean looksUpFields(Method method) {
        Class<?> parameter = method.getParameterTypes()[0];
        return parameter == Fields.class
                || parameter == Frame.class && !Classes.readsBodies(method.getDeclaringClass());
    }

    @Override
    public void take(FuzzedDataProvider in) throws Throwable {
        try {
            method.invoke(null, input(in));
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }

    @Override
    public List<String> words() {
        return literals;
    }

    private Object input(FuzzedDataProvider in) {
        if (parameter == Frame.class) {
            int code = in.pickValue(CODES);
            Fields fields = fields(in);
            return Frame.request(code, fields, ByteBuffer.wrap(in.consumeRemainingAsBytes()));
        }
        if (parameter == Fields.class) {
            return fields(in);
        }
        if (parameter == String.class) {
            return in.consumeRemainingAsString();
        }
        byte[] bytes = in.consumeRemainingAsBytes();
        return parameter == byte[].class ? bytes : ByteBuffer.wrap(bytes);
    }

    private Fields fields(FuzzedDataProvider in) {
        Fields.Builder fields = Fields.builder();
        Set<String> taken = new HashSet<>();
        for (int left = in.consumeInt(0, MOST_FIELDS); left > 0; left--) {
            String name = in.pickValue(literals);
            if (taken.add(name)) {
                fields.put(name, value(in));
            }
        }
        return fields.build();
    }

    private static String value(FuzzedDataProvider in) {
        return switch (in.consumeInt(0, 3)) {
            case 0 -> Long.toString(in.consumeLong());
            case 1 -> Integer.toString(in.consumeInt(-1, 16));
            case 2 -> Boolean.toString(in.consumeBoolean());
            default -> in.consumeString(LONGEST_VALUE);
        };
    }

    private static int[] codes() {
        return Arrays.stream(RequestCode.class.getFields())
                .filter(field -> field.getType() == int.class)
                .mapToInt(DecoderTarget::number)
                .toArray();
    }

    private static int number(Field constant) {
        try {
            return constant.getInt(null);
        } catch (IllegalAccessException hidden) {
            throw new IllegalStateException(hidden);
        }
    }
}
