package bolide.protocol.frame;

/**
 * Peer versions as they stand in frames: {@code 213 + 20x + 2y} for release 4.x.y and {@code 413 +
 * 20x + 2y} for 5.x.y.
 */
public final class Version {
    /** From here on registrations wrap their topics. */
    public static final int V3_0_11 = 37;

    /** From here on clients read routes as standard JSON. */
    public static final int V4_9_4 = 401;

    /** From here on compressed registrations end with queue mappings. */
    public static final int V5_0_0 = 413;

    /** What this implementation says of itself: it speaks as 5.5.0 does. */
    public static final int OURS = 513;

    /** The same for people. */
    public static final String OURS_NAME = "V5_5_0";

    private Version() {}
}
