package dev.rondo.sandbox;

import java.nio.file.Path;

/**
 * A program that stays up and is called over one TCP port. The sandbox chooses the port and tells
 * the program by an environment variable; it must listen there on all interfaces or on {@code
 * 0.0.0.0}.
 *
 * @param portVariable name of that variable, such as {@code PORT}
 * @param log file that output is appended to, by the program's own descriptor, so that it goes on
 *     while Rondo is down; turned over to {@code <log>.1} at {@link Limits#outputBytes()}
 */
public record Service(Program program, String portVariable, Path log) {}
