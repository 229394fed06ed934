package dev.rondo.deploying.router;

import java.util.List;

/**
 * A version's part of a route's traffic. Weights are relative; those of a route mostly sum up to
 * 100. A version of weight 0 gets no new client, but keeps those that stick to it.
 */
public record Share(String version, int weight, List<Backend> backends) {

    public Share {
        if (weight < 0) {
            throw new IllegalArgumentException("a weight is not negative: " + weight);
        }
        backends = List.copyOf(backends);
    }
}
