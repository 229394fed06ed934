package dev.rondo.phase;

import dev.rondo.web.Tone;
import java.util.List;

/**
 * One line of what a phase holds right now, such as "3 in progress".
 *
 * @param key of the text; the count is its argument {@code {0}}, {@code args} follow
 * @param href where the line leads, or empty
 */
public record Standing(String key, long count, List<Object> args, Tone tone, String href) {

    public static Standing of(String key, long count, Tone tone, String href) {
        return new Standing(key, count, List.of(), tone, href);
    }
}
