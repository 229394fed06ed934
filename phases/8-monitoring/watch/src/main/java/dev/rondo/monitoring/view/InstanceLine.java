package dev.rondo.monitoring.view;

/** An instance as it stands. */
public record InstanceLine(String version, String instance, boolean up, String cpu, String memory) {

    /** The end of the id, enough to tell instances apart. */
    public static String shortened(String id) {
        return id.substring(Math.max(0, id.length() - 6));
    }
}
