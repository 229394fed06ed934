package dev.rondo.coding.view;

import gg.jte.Content;
import java.time.Instant;

/**
 * A commit in a list.
 *
 * @param subject first line of the message, work items as links
 */
public record CommitLine(String shortId, String path, Content subject, String author, Instant at) {}
