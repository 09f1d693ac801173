package bolide.benchmarks.compare.store;

/// The queues that messages go to, numbered from 0; neighbours belong to one topic.
record Topics(int count, int queuesEach) {
    int queues() {
        return count * queuesEach;
    }

    /// @return the names of all topics
    String[] names() {
        String[] names = new String[count];
        for (int i = 0; i < count; i++) {
            names[i] = "bench-" + i;
        }
        return names;
    }
}
