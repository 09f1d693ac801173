package bolide.protocol.frame;

import bolide.protocol.json.JsonWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/** Entries that somebody put together. Numbers become texts only when somebody asks for them. */
final class MadeEntries implements FieldEntries {
    private static final int USUAL_FIELDS = 8;

    private String[] names;
    private String[] texts; // null for numbers
    private long[] numbers;
    private int size;

    /** No entries; to be put and then left as they are. */
    MadeEntries() {
        this.names = new String[USUAL_FIELDS];
        this.texts = new String[USUAL_FIELDS];
        this.numbers = new long[USUAL_FIELDS];
    }

    /** The same entries, to which others may be put. */
    MadeEntries(MadeEntries same) {
        this.names = same.names.clone();
        this.texts = same.texts.clone();
        this.numbers = same.numbers.clone();
        this.size = same.size;
    }

    /** A name that is put again has its new value in the same place. */
    void put(String name, String value) {
        int at = place(name); // before `texts` is asked for: it may become another array
        texts[at] = Objects.requireNonNull(value, name);
    }

    void put(String name, long value) {
        int at = place(name);
        texts[at] = null;
        numbers[at] = value;
    }

    private int place(String name) {
        for (int at = 0; at < size; at++) {
            if (names[at].equals(name)) {
                return at;
            }
        }
        if (size == names.length) {
            names = Arrays.copyOf(names, 2 * size);
            texts = Arrays.copyOf(texts, 2 * size);
            numbers = Arrays.copyOf(numbers, 2 * size);
        }
        names[size] = name;
        return size++;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public String name(int at) {
        return names[at];
    }

    @Override
    public String value(int at) {
        return texts[at] == null ? Long.toString(numbers[at]) : texts[at];
    }

    @Override
    public ByteBuffer utf8(int at) {
        return ByteBuffer.wrap(value(at).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public long number(int at) {
        return texts[at] == null ? numbers[at] : Long.parseLong(texts[at]);
    }

    @Override
    public boolean isTrue(int at) {
        return "true".equalsIgnoreCase(texts[at]);
    }

    @Override
    public void writeValue(int at, JsonWriter json) {
        if (texts[at] == null) {
            json.quoted(numbers[at]);
        } else {
            json.value(texts[at]);
        }
    }
}
