package bolide.protocol;

import bolide.protocol.frame.HeaderFormat;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Input that is made to be dear to its reader. */
public final class Hostile {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Hostile() {}

    /**
     * @return as many different names, all of the same length and with the same hash code
     */
    public static List<String> namesOfOneHashCode(int count) {
        String[] twins = {"Aa", "BB"};
        int pairs = 32 - Integer.numberOfLeadingZeros(count - 1);
        List<String> names = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            StringBuilder name = new StringBuilder();
            for (int bit = 0; bit < pairs; bit++) {
                name.append(twins[i >> bit & 1]);
            }
            names.add(name.toString());
        }
        return names;
    }

    /**
     * @param value each field's value as JSON; of no account for a binary header
     * @return a header with exactly these fields, written without looking for doubles
     */
    public static ByteBuffer header(HeaderFormat format, List<String> names, String value) {
        if (format == HeaderFormat.JSON) {
            return Golden.utf8("{\"extFields\":" + object(names, value) + "}");
        }
        int bytes = names.stream().mapToInt(name -> 6 + name.length()).sum();
        ByteBuffer header = ByteBuffer.allocate(21 + bytes);
        header.position(17).putInt(bytes);
        for (String name : names) {
            header.putShort((short) name.length());
            header.put(name.getBytes(StandardCharsets.US_ASCII));
            header.putInt(0);
        }
        return header.flip();
    }

    /**
     * @return a JSON object with these names and always the same value
     */
    public static String object(List<String> names, String value) {
        StringBuilder object = new StringBuilder("{");
        for (String name : names) {
            object.append(object.length() == 1 ? "" : ",");
            object.append('"').append(name).append("\":").append(value);
        }
        return object.append('}').toString();
    }

    /**
     * @return a JSON array of these texts
     */
    public static String array(List<String> texts) {
        return "[\"" + String.join("\",\"", texts) + "\"]";
    }

    /**
     * @return how long the processor was busy with it, the shortest of three runs
     */
    public static Duration time(Runnable work) {
        long shortest = Long.MAX_VALUE;
        for (int run = 0; run < 3; run++) {
            long start = THREADS.getCurrentThreadCpuTime();
            work.run();
            shortest = Math.min(shortest, THREADS.getCurrentThreadCpuTime() - start);
        }
        return Duration.ofNanos(shortest);
    }

    /**
     * @return how many bytes the calling thread allocated for it
     */
    public static long allocated(Runnable work) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        work.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
