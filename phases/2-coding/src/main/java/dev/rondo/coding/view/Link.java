package dev.rondo.coding.view;

/** A text that leads somewhere. */
public record Link(String title, String path) {}
