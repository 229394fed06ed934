package dev.rondo.web.view;

/** What went wrong, for a person: {@code id} is found in the log, or empty if it is no failure. */
public record Trouble(int status, String title, String text, String id, String back) {}
