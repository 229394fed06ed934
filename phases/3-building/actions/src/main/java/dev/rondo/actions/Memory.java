package dev.rondo.actions;

/**
 * Counts what reading makes, over all files of one workflow: aliases can make a small file a huge
 * tree. The figures are GitHub's (24 bytes a node, 26 and two a character for a text), so that a
 * file is refused here where it is refused there.
 */
final class Memory {
    private static final int NODE = 24;
    private static final int TEXT = 26;

    private final long most;
    private long bytes;

    Memory(long most) {
        this.most = most;
    }

    void node(Position at) {
        add(NODE, at);
    }

    void textNode(int length, Position at) {
        add(NODE + TEXT + 2L * length, at);
    }

    /** The name of a file, counted once. */
    void name(String file) {
        add(TEXT + 2L * file.length(), Position.START);
    }

    private void add(long more, Position at) {
        bytes += more;
        if (bytes > most) {
            throw new YamlFault(at, "Maximum object size exceeded");
        }
    }
}
