package dev.rondo.building.view;

import java.time.Duration;

/** A step; {@code standing} is its conclusion, or running. {@code href} leads to its first line. */
public record StepView(
        String title, String standing, boolean allowed, Duration length, String href) {}
