package dev.rondo.loop.view;

/** A webhook with how its deliveries fare; {@code kinds} is empty for all. */
public record WebhookView(
        String id, String url, String kinds, long delivered, long waiting, long failed) {}
