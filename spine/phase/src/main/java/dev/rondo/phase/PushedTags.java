package dev.rondo.phase;

import org.jdbi.v3.core.Handle;

/**
 * Which tags came in one push together with many others. Coding answers, since no event says which
 * refs moved together; building asks, because such tags start no workflows; {@code app} brings the
 * two together.
 */
@FunctionalInterface
public interface PushedTags {

    /** GitHub's figure ("Events that trigger workflows", create, delete and push). */
    int MOST = 3;

    /**
     * @param seq of the event of a tag
     * @return whether its push moved more than {@link #MOST} tags
     */
    boolean amongMany(Handle sql, long seq);
}
