package dev.rondo.access;

/** A member of a project. */
public record Member(String account, String title, Role role) {}
