package bolide.protocol.topic;

/** Bits of a topic's {@code perm}. */
public final class Permission {
    /** The topic may serve as the pattern of new topics. */
    public static final int INHERIT = 1;

    /** Producers may write to it. */
    public static final int WRITE = 2;

    /** Consumers may read from it. */
    public static final int READ = 4;

    /** What an ordinary topic has. */
    public static final int READ_WRITE = READ | WRITE;

    private static final int HIGHEST = 7;

    private Permission() {}

    public static boolean isReadable(int perm) {
        return (perm & READ) != 0;
    }

    public static boolean isWritable(int perm) {
        return (perm & WRITE) != 0;
    }

    public static boolean isInherited(int perm) {
        return (perm & INHERIT) != 0;
    }

    /**
     * @return whether there are no other bits than the three
     */
    public static boolean isValid(int perm) {
        return perm >= 0 && perm <= HIGHEST;
    }
}
