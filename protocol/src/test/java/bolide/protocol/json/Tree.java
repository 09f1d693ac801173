package bolide.protocol.json;

import bolide.protocol.Seeded;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON values as maps, lists, texts, numbers, truth values and null: made up, written, read. */
final class Tree {
    private Tree() {}

    /**
     * @param depth levels that may still be opened
     */
    static Object madeUp(Seeded seeded, int depth) {
        switch (seeded.below(depth > 0 ? 8 : 5)) {
            case 0 -> {
                return null;
            }
            case 1 -> {
                return seeded.coin();
            }
            case 2 -> {
                return seeded.number();
            }
            case 3 -> {
                return seeded.text();
            }
            case 4 -> {
                return seeded.textWithLoneSurrogates();
            }
            case 5 -> {
                List<Object> list = new ArrayList<>();
                for (int left = seeded.below(5); left > 0; left--) {
                    list.add(madeUp(seeded, depth - 1));
                }
                return list;
            }
            default -> {
                Map<String, Object> map = new LinkedHashMap<>();
                for (int left = seeded.below(5); left > 0; left--) {
                    map.put(seeded.text(), madeUp(seeded, depth - 1));
                }
                return map;
            }
        }
    }

    /** Writes standard JSON, each time in another way: with space, with needless escapes. */
    static void write(Object value, Seeded seeded, StringBuilder out) {
        space(seeded, out);
        if (value instanceof Map<?, ?> map) {
            String separator = "{";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.append(separator);
                write(entry.getKey(), seeded, out);
                out.append(':');
                write(entry.getValue(), seeded, out);
                separator = ",";
            }
            out.append(map.isEmpty() ? "{}" : "}");
        } else if (value instanceof List<?> list) {
            String separator = "[";
            for (Object element : list) {
                out.append(separator);
                write(element, seeded, out);
                separator = ",";
            }
            out.append(list.isEmpty() ? "[]" : "]");
        } else if (value instanceof String text) {
            quote(text, seeded, out);
        } else {
            out.append(value);
        }
        space(seeded, out);
    }

    private static void space(Seeded seeded, StringBuilder out) {
        if (seeded.below(4) == 0) {
            out.append(" \n\r\t".charAt(seeded.below(4)));
        }
    }

    private static void quote(String text, Seeded seeded, StringBuilder out) {
        out.append('"');
        for (char c : text.toCharArray()) {
            int short_ = "\b\f\n\r\t\"\\/".indexOf(c);
            if (short_ >= 0 && seeded.coin()) {
                out.append('\\').append("bfnrt\"\\/".charAt(short_));
            } else if (c < ' ' || c == '"' || c == '\\' || Character.isSurrogate(c)) {
                escape(c, seeded, out);
            } else if (seeded.below(8) == 0) {
                escape(c, seeded, out);
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    private static void escape(char c, Seeded seeded, StringBuilder out) {
        out.append("\\u").append(String.format(seeded.coin() ? "%04x" : "%04X", (int) c));
    }

    /** Reads with the method that fits the value which is expected there. */
    static Object read(JsonReader json, Object expected) {
        if (json.nextIsNull()) {
            return null;
        }
        if (expected instanceof Map<?, ?> map) {
            Map<String, Object> found = new LinkedHashMap<>();
            json.beginObject();
            while (json.hasNext()) {
                String name = json.nextName();
                found.put(name, read(json, map.get(name)));
            }
            json.endObject();
            return found;
        }
        if (expected instanceof List<?> list) {
            List<Object> found = new ArrayList<>();
            json.beginArray();
            while (json.hasNext()) {
                found.add(read(json, found.size() < list.size() ? list.get(found.size()) : null));
            }
            json.endArray();
            return found;
        }
        if (expected instanceof Boolean) {
            return json.nextBoolean(false);
        }
        if (expected instanceof Number) {
            return json.nextLong(0);
        }
        return json.nextText("");
    }
}
