package dev.rondo.natives;

/**
 * A tool that is there.
 *
 * @param cached whether it stands in the tool cache
 * @param name its folder in the tool cache, or what it is on the machine
 * @param written its version as it is written there
 * @param version the same for comparisons
 * @param vendor who made it, where that is known
 */
record Tool(
        boolean cached, String name, String written, SemVer version, String home, String vendor) {

    /** Whether its folder belongs to it alone, so that it may stand in front of the PATH. */
    boolean alone() {
        return !home.equals("/usr") && !home.equals("/usr/local") && !home.equals("/");
    }

    /** For a list of what there is. */
    String listed() {
        return version + " (" + (cached ? "tool cache" : home) + ")";
    }
}
