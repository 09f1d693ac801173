package bolide.app.architecture.broken.protocol.frame;

import java.lang.reflect.Field;

/// Breaks: a wire type is read field by field.
final class FindsFieldsByName {
    Object read(Field field, Object from) throws IllegalAccessException {
        return field.get(from);
    }
}
