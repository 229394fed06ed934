package dev.rondo.results;

import dev.rondo.sandbox.Sandbox;
import dev.rondo.web.Visit;
import java.net.URI;
import java.util.Optional;

/**
 * By which address a job reaches this Rondo: URLs that it is given have to lead there. One job may
 * have several, since a container of it has a network of its own.
 */
record WayIn(Sandbox sandbox) {

    /**
     * @param told where its steps reach it when they run where the job does
     */
    URI of(Visit visit, URI told) {
        String host = Optional.ofNullable(visit.http().header("Host")).orElse("");
        return sandbox.doors().filter(doors -> doors.lead(host)).isPresent()
                ? URI.create("http://" + host)
                : told;
    }
}
