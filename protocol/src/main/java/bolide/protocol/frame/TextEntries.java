package bolide.protocol.frame;

/** Entries that somebody put together. */
record TextEntries(String[] pairs) implements FieldEntries {
    @Override
    public int size() {
        return pairs.length / 2;
    }

    @Override
    public boolean isNamed(int at, String name) {
        return pairs[2 * at].equals(name);
    }

    @Override
    public String name(int at) {
        return pairs[2 * at];
    }

    @Override
    public String value(int at) {
        return pairs[2 * at + 1];
    }

    @Override
    public long number(int at) {
        return Long.parseLong(value(at));
    }

    @Override
    public boolean isTrue(int at) {
        return "true".equalsIgnoreCase(value(at));
    }
}
