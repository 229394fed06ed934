package dev.rondo.monitoring.view;

/** An instance as it stands. */
public record InstanceLine(
        String version, String instance, boolean up, String cpu, String memory) {}
