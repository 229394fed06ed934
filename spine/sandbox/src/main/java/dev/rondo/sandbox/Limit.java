package dev.rondo.sandbox;

/** The limits that end a program when it goes over them. */
public enum Limit {
    MEMORY,
    PROCESSES,
    WALL_TIME,
    DISK
}
